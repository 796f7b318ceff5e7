// SPDX-License-Identifier: Apache-2.0
#include "platform/http_out.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>

#include "platform/curl_transfer.hpp"

namespace fokus::outgoing {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t idle_handles_max = 2;
constexpr std::array<std::string_view, 6> method_names = {"GET", "HEAD",  "POST",
                                                          "PUT", "PATCH", "DELETE"};
constexpr std::array<std::string_view, 13> failure_names = {"none",
                                                            "bad_request",
                                                            "host_refused",
                                                            "scheme_refused",
                                                            "address_refused",
                                                            "unknown_host",
                                                            "not_connected",
                                                            "timeout",
                                                            "tls",
                                                            "too_large",
                                                            "too_many_redirects",
                                                            "broken",
                                                            "stopped"};

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

class CurlHttp final : public HttpOut {
 public:
  explicit CurlHttp(Options options) : options_(std::move(options)) {}

  Outcome send(const Request& request) override {
    Outcome out;
    const auto url = parse_url(request.url);
    out.failure = url ? check_request(request) : Failure::bad_request;
    if (!out.ok()) return out;
    auto handle = take();
    follow(*handle, request, *url, out);
    give_back(std::move(handle));
    return out;
  }

 private:
  // One answer after the other until one leads nowhere else.
  void follow(CurlHandle& handle, const Request& request, Url url, Outcome& out) const {
    const bool follows = request.method == Method::get || request.method == Method::head;
    const int redirects_max =
        follows ? std::min(request.limits.redirects_max, limits::redirects_max) : 0;
    const auto end = Steady::now() + std::chrono::milliseconds(request.limits.total_ms);
    const auto origin = url.scheme + url.authority();
    for (int redirects = 0;; ++redirects) {
      out.failure = check_target(url, request);
      if (!out.ok()) return;
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Steady::now());
      if (left.count() <= 0) return void(out.failure = Failure::timeout);
      out.answer = {};
      out.answer.url = url.text;
      const Hop hop{url, options_, left.count(), url.scheme + url.authority() == origin,
                    options_.private_hosts.allows_address(url.host, url.port)};
      out.failure = transfer(handle, request, hop, out);
      if (!out.ok() || redirects_max == 0 || !is_redirect(out.answer.status)) return;
      if (redirects == redirects_max) return void(out.failure = Failure::too_many_redirects);
      const auto location = out.answer.header("location");
      auto next = location ? resolve_url(url, *location) : std::nullopt;
      if (!next) return void(out.failure = Failure::broken);
      url = std::move(*next);
    }
  }

  Failure check_target(const Url& url, const Request& request) const {
    if (!is_listed(url, request.hosts)) return Failure::host_refused;
    const bool may_go =
        url.scheme == "https" || options_.private_hosts.allows_plain(url.host, url.port);
    return may_go ? Failure::none : Failure::scheme_refused;
  }

  // A handle keeps its connections, which saves the next call a handshake. Which addresses may be
  // connected to follows from host and port alone, so a kept connection is as good as a new one.
  std::unique_ptr<CurlHandle> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<CurlHandle>();
    auto out = std::move(idle_.back());
    idle_.pop_back();
    return out;
  }
  void give_back(std::unique_ptr<CurlHandle> handle) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < idle_handles_max) idle_.push_back(std::move(handle));
  }

  Options options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlHandle>> idle_;
};

}  // namespace

std::string_view method_name(Method method) {
  return method_names.at(static_cast<std::size_t>(method));
}

std::string_view failure_name(Failure failure) {
  return failure_names.at(static_cast<std::size_t>(failure));
}

std::optional<std::string_view> Answer::header(std::string_view name) const {
  for (const auto& one : headers)
    if (one.name == name) return one.value;
  return std::nullopt;
}

std::unique_ptr<HttpOut> make_http_out(Options options) {
  prepare_curl();
  return std::make_unique<CurlHttp>(std::move(options));
}

}  // namespace fokus::outgoing
