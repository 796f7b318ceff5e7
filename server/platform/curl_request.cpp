// SPDX-License-Identifier: Apache-2.0
// How a request is told to libcurl, and what is refused before.
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <new>

#include "base/text.hpp"
#include "platform/curl_transfer.hpp"

namespace fokus::outgoing {
namespace {

constexpr std::size_t header_value_bytes_max = 8'000;
constexpr long connection_age_max_s = 60;  // a kept connection is not used again after that
constexpr std::array<std::string_view, 8> our_headers = {
    "host",   "connection", "content-length", "transfer-encoding", "upgrade",
    "expect", "te",         "accept-encoding"};

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

// A line break would begin another header; a NUL would end what libcurl reads.
bool is_header_value(std::string_view value) {
  return value.size() <= header_value_bytes_max &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7F');
         });
}

void add_line(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (!longer) throw std::bad_alloc();
  (void)list.release();
  list.reset(longer);
}

HeaderList make_headers(const Request& request, bool is_origin) {
  HeaderList out;
  bool has_type = false;
  for (const auto& header : request.headers) {
    if (header.is_secret && !is_origin) continue;
    has_type = has_type || lower_ascii(header.name) == "content-type";
    add_line(out, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  add_line(out, "Expect:");                       // no waiting for 100
  if (!has_type) add_line(out, "Content-Type:");  // none, in place of a guess
  return out;
}

void set_method(CURL* handle, const Request& request) {
  const bool has_body = request.method == Method::post || request.method == Method::put ||
                        request.method == Method::patch;
  if (request.method == Method::head) curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  if (has_body) {
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
  }
  const bool is_other = request.method == Method::put || request.method == Method::patch ||
                        request.method == Method::remove;
  if (is_other)
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST,
                     std::string(method_name(request.method)).c_str());
}

void set_limits(CURL* handle, const Request& request, const Hop& hop) {
  const auto& limits = request.limits;
  const auto connect_ms = std::min(limits.connect_ms, hop.left_ms);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_ms));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(hop.left_ms));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>(std::max<std::int64_t>(limits.silence_ms / 1'000, 1)));
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE,
                   static_cast<curl_off_t>(limits.answer_bytes_max));
  curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, connection_age_max_s);
}

// Nothing of the environment or of what an answer says decides where a call goes.
void set_policy(CURL* handle, const Options& options) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
  if (!options.certificates.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, options.certificates.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
}

}  // namespace

void FreeList::operator()(curl_slist* list) const {
  curl_slist_free_all(list);
}

Failure check_request(const Request& request) {
  const bool has_body = request.method == Method::post || request.method == Method::put ||
                        request.method == Method::patch;
  if (!has_body && !request.body.empty()) return Failure::bad_request;
  for (const auto& header : request.headers) {
    const bool is_ours = std::find(our_headers.begin(), our_headers.end(),
                                   lower_ascii(header.name)) != our_headers.end();
    if (is_ours || !is_token(header.name) || !is_header_value(header.value))
      return Failure::bad_request;
  }
  return Failure::none;
}

HeaderList set_request(CurlHandle& handle, const Request& request, const Hop& hop) {
  CURL* curl = handle.get();
  HeaderList headers = make_headers(request, hop.is_origin);
  curl_easy_setopt(curl, CURLOPT_URL, hop.url.text.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  set_policy(curl, hop.options);
  set_limits(curl, request, hop);
  set_method(curl, request);
  return headers;
}

}  // namespace fokus::outgoing
