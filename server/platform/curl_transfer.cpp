// SPDX-License-Identifier: Apache-2.0
#include "platform/curl_transfer.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <charconv>
#include <exception>
#include <stdexcept>

#include "base/text.hpp"

namespace fokus::outgoing {
namespace {

// What the callbacks of one transfer share.
struct Transfer {
  const Request& request;
  const Hop& hop;
  Outcome& out;
  std::int64_t body_bytes = 0;
  std::size_t header_bytes = 0;
  bool was_refused = false;            // an address
  Failure stopped_by = Failure::none;  // why a callback ended the transfer
  std::exception_ptr thrown = {};      // by the caller's functions; not through C
};

// Asked for every address that a name stands for, when the connection is to be made.
curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.hop.may_be_private && !is_public_address(address->addr)) {
    transfer.was_refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// "HTTP/1.1 200 OK"
int status_of(std::string_view line) {
  const auto space = line.find(' ');
  int out = 0;
  if (space != line.npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), out);
  return out;
}

void keep_header(Answer& answer, std::string_view line) {
  const auto colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    answer.status = status_of(line);  // of the last one: 100 may stand before it
    answer.headers.clear();
  } else if (colon != line.npos) {
    answer.headers.push_back(
        {lower_ascii(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line(bytes, size * count);
  transfer.header_bytes += line.size();
  if (transfer.header_bytes > limits::answer_header_bytes_max) {
    transfer.stopped_by = Failure::too_large;
    return 0;
  }
  try {
    keep_header(transfer.out.answer, line);
    return line.size();
  } catch (...) {
    transfer.thrown = std::current_exception();
    return 0;
  }
}

// False: the transfer ends.
bool take(Transfer& transfer, std::string_view piece) {
  transfer.body_bytes += static_cast<std::int64_t>(piece.size());
  if (transfer.body_bytes > transfer.request.limits.answer_bytes_max) {
    transfer.stopped_by = Failure::too_large;
    return false;
  }
  auto& answer = transfer.out.answer;
  if (!transfer.request.sink) {
    answer.body.append(piece);
    return true;
  }
  if (answer.status < 200 || answer.status > 299) {
    const auto room = limits::unread_body_bytes_max - answer.body.size();
    answer.body.append(piece.substr(0, room));
    return true;
  }
  if (transfer.request.sink(piece)) return true;
  transfer.stopped_by = Failure::stopped;
  return false;
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  try {
    return take(transfer, {bytes, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
  } catch (...) {
    transfer.thrown = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
}

int take_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(user);
  try {
    if (!transfer.request.should_stop || !transfer.request.should_stop()) return 0;
    transfer.stopped_by = Failure::stopped;
  } catch (...) {
    transfer.thrown = std::current_exception();
  }
  return 1;
}

Failure failure_of(CURLcode code, const Transfer& transfer) {
  if (code == CURLE_OK) return Failure::none;
  if (transfer.stopped_by != Failure::none) return transfer.stopped_by;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return Failure::unknown_host;
    case CURLE_COULDNT_CONNECT:
      return transfer.was_refused ? Failure::address_refused : Failure::not_connected;
    case CURLE_OPERATION_TIMEDOUT:
      return Failure::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Failure::tls;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY:  // so it names a header line that is too long
      return Failure::too_large;
    default:
      return Failure::broken;
  }
}

void set_callbacks(CURL* handle, Transfer& transfer) {
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &take_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
}

void count_bytes(CURL* handle, Outcome& out) {
  long request = 0, headers = 0;
  curl_off_t up = 0, down = 0;
  curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &request);
  curl_easy_getinfo(handle, CURLINFO_HEADER_SIZE, &headers);
  curl_easy_getinfo(handle, CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &down);
  out.bytes_out += request + up;
  out.bytes_in += headers + down;
}

}  // namespace

CurlHandle::CurlHandle() : handle_(curl_easy_init()) {
  if (!handle_) throw std::runtime_error("libcurl cannot be prepared");
}

CurlHandle::~CurlHandle() {
  curl_easy_cleanup(handle_);
}

void prepare_curl() {
  static const CURLcode prepared = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (prepared != CURLE_OK) throw std::runtime_error("libcurl cannot be prepared");
}

Failure transfer(CurlHandle& handle, const Request& request, const Hop& hop, Outcome& out) {
  CURL* curl = handle.get();
  curl_easy_reset(curl);  // its connections stay
  Transfer state{request, hop, out};
  const HeaderList headers = set_request(handle, request, hop);
  set_callbacks(curl, state);
  const CURLcode code = curl_easy_perform(curl);
  count_bytes(curl, out);
  // What it points to goes with this call; the handle stays.
  curl_easy_reset(curl);
  if (state.thrown) std::rethrow_exception(state.thrown);
  return failure_of(code, state);
}

}  // namespace fokus::outgoing
