// SPDX-License-Identifier: Apache-2.0
#include "platform/mail_out.hpp"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace fokus::mail {
namespace {

constexpr long smtp_response_max = 599;

struct Free {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One letter on its way, as the callbacks of libcurl see it.
struct Sending {
  const Server& server;
  const outgoing::PrivateHosts& private_hosts;
  std::string_view letter;
  const Watch& watch;
  std::size_t given = 0;
  bool is_stopped = false, is_refused_address = false;
  std::string last_verb;  // of the command that was sent last: "RCPT"
  int last_status = 0;
  bool has_quit = false;  // what is answered to that says nothing about the letter

  bool is_given() const { return given == letter.size(); }
};

std::size_t give(char* out, std::size_t size, std::size_t count, void* of) {
  auto& sending = *static_cast<Sending*>(of);
  const auto rest = sending.letter.substr(sending.given);
  const std::size_t taken = std::min(rest.size(), size * count);
  // An exception must not pass through C.
  try {
    if (taken != 0 && taken == rest.size() && sending.watch.before_end &&
        !sending.watch.before_end())
      sending.is_stopped = true;
  } catch (...) {
    sending.is_stopped = true;
  }
  if (sending.is_stopped) return CURL_READFUNC_ABORT;
  std::memcpy(out, rest.data(), taken);
  sending.given += taken;
  return taken;
}

// Which command was sent last, and what was answered; never what stands in them.
int listen_in(CURL*, curl_infotype kind, char* bytes, std::size_t count, void* of) {
  auto& sending = *static_cast<Sending*>(of);
  const std::string_view text(bytes, count);
  constexpr std::size_t verb = 4, code = 3;
  if (kind == CURLINFO_HEADER_OUT) {
    const auto letters = text.substr(0, verb);
    const bool is_verb =
        std::all_of(letters.begin(), letters.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (letters == "QUIT")
      sending.has_quit = true;
    else if (is_verb)
      sending.last_verb = letters;
  }
  if (kind != CURLINFO_HEADER_IN || text.size() < code || sending.has_quit) return 0;
  int status = 0;
  for (const char c : text.substr(0, code)) {
    if (c < '0' || c > '9') return 0;
    status = status * 10 + (c - '0');
  }
  if (status <= smtp_response_max) sending.last_status = status;
  return 0;
}

// What is handed over cannot be taken back: then the answer is waited for.
int look_up(void* of, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& sending = *static_cast<Sending*>(of);
  try {
    if (sending.is_given() || !sending.watch.should_stop || !sending.watch.should_stop()) return 0;
  } catch (...) {  // not through C
  }
  sending.is_stopped = true;
  return 1;
}

curl_socket_t open_socket(void* of, curlsocktype, curl_sockaddr* address) {
  auto& sending = *static_cast<Sending*>(of);
  const bool is_allowed =
      outgoing::is_public_address(address->addr) ||
      sending.private_hosts.allows_address(sending.server.host, sending.server.port);
  if (is_allowed)
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  sending.is_refused_address = true;
  return CURL_SOCKET_BAD;
}

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= limits::address_max &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-';
         });
}

// The name in EHLO is the domain that the letter comes from: that of the machine is nobody's
// business.
std::string url_of(const Server& server, std::string_view from) {
  const auto domain = from.substr(from.find('@') + 1);
  return std::string(server.security == Security::tls ? "smtps" : "smtp") + "://" + server.host +
         ":" + std::to_string(server.port) + "/" + (is_host(domain) ? std::string(domain) : "");
}

Failure failure_of_code(CURLcode code, const Sending& sending) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return Failure::unknown_host;
    case CURLE_COULDNT_CONNECT:
      return Failure::not_connected;
    case CURLE_OPERATION_TIMEDOUT:
      return Failure::timeout;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return Failure::tls;
    case CURLE_LOGIN_DENIED:
      return Failure::sign_in_refused;
    default:
      break;
  }
  if (sending.last_verb == "AUTH") return Failure::sign_in_refused;
  if (sending.last_status < 400) return Failure::broken;
  if (sending.last_verb == "MAIL") return Failure::sender_refused;
  if (sending.last_verb == "RCPT") return Failure::recipient_refused;
  if (sending.last_verb == "DATA") return Failure::letter_refused;
  return Failure::broken;
}

bool is_temporary(Failure failure, int status) {
  constexpr int permanent = 500;
  switch (failure) {
    case Failure::unknown_host:
    case Failure::not_connected:
    case Failure::timeout:
      return true;
    case Failure::none:
    case Failure::address_refused:
    case Failure::tls:
    case Failure::stopped:
      return false;
    default:
      return status < permanent;
  }
}

Outcome outcome_of(CURLcode code, const Sending& sending) {
  Outcome out;
  out.status = sending.last_status;
  out.bytes_out = static_cast<std::int64_t>(sending.given);
  if (code == CURLE_OK) return out;
  out.failure = sending.is_stopped           ? Failure::stopped
                : sending.is_refused_address ? Failure::address_refused
                                             : failure_of_code(code, sending);
  out.is_temporary = is_temporary(out.failure, out.status);
  // A refusal is an answer; without one the server may have taken it.
  out.may_have_arrived = !sending.is_stopped && sending.is_given() && sending.last_status < 400;
  return out;
}

class CurlMail final : public MailOut {
 public:
  explicit CurlMail(Options options) : options_(std::move(options)) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
  }

  Outcome send(const Server& server, std::string_view from, std::string_view to,
               std::string_view letter, const Watch& watch) override {
    const bool is_plain = server.security == Security::none;
    if (!is_host(server.host) || !is_mail_address(from) || !is_mail_address(to) ||
        (is_plain && !options_.private_hosts.allows_plain(server.host, server.port)))
      return {.failure = Failure::address_refused};
    Sending sending{server, options_.private_hosts, letter, watch};
    const std::string receiver = "<" + std::string(to) + ">";
    const std::unique_ptr<curl_slist, Free> receivers(curl_slist_append(nullptr, receiver.c_str()));
    const std::unique_ptr<CURL, Free> curl(curl_easy_init());
    if (!curl) return {.failure = Failure::broken, .is_temporary = true};
    prepare(curl.get(), sending, from);
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, receivers.get());
    return outcome_of(curl_easy_perform(curl.get()), sending);
  }

 private:
  void prepare(CURL* curl, Sending& sending, std::string_view from) const {
    const Server& server = sending.server;
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl, option, value); };
    set(CURLOPT_URL, url_of(server, from).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits::connect_ms));
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(limits::answer_ms / ms_per_second));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits::total_ms));
    set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&sending));
    if (server.security != Security::none) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options_.certificates.empty()) {
      set(CURLOPT_CAINFO, options_.certificates.c_str());
      set(CURLOPT_CAPATH, nullptr);  // else those of the system are trusted too
    }
    if (!server.user.empty()) {
      set(CURLOPT_USERNAME, server.user.c_str());
      set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, ("<" + std::string(from) + ">").c_str());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(sending.letter.size()));
    set(CURLOPT_READFUNCTION, give);
    set(CURLOPT_READDATA, static_cast<void*>(&sending));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, look_up);
    set(CURLOPT_XFERINFODATA, static_cast<void*>(&sending));
    set(CURLOPT_VERBOSE, 1L);  // to the function below and nowhere else
    set(CURLOPT_DEBUGFUNCTION, listen_in);
    set(CURLOPT_DEBUGDATA, static_cast<void*>(&sending));
  }

  const Options options_;
};

}  // namespace

std::string_view failure_name(Failure failure) {
  constexpr std::string_view names[] = {
      "none",   "address_refused", "unknown_host",   "not_connected",     "timeout",
      "tls",    "sign_in_refused", "sender_refused", "recipient_refused", "letter_refused",
      "broken", "stopped"};
  return names[static_cast<std::size_t>(failure)];
}

std::unique_ptr<MailOut> make_mail_out(Options options) {
  return std::make_unique<CurlMail>(std::move(options));
}

}  // namespace fokus::mail
