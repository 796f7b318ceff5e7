// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>

#include "platform/http_out.hpp"
#include "platform/http_url.hpp"

struct curl_slist;

namespace fokus::outgoing {

// libcurl's state of one call, and the connections that it keeps. For one thread at a time.
class CurlHandle {
 public:
  CurlHandle();  // throws std::runtime_error when there is no memory for it
  CurlHandle(const CurlHandle&) = delete;
  ~CurlHandle();
  void* get() const { return handle_; }

 private:
  void* handle_;
};

// Once per process, before there are other threads; further calls do nothing.
void prepare_curl();

// One question and its answer, of a call that may be redirected to the next.
struct Hop {
  const Url& url;
  const Options& options;
  std::int64_t left_ms;  // until the call must be over
  bool is_origin;        // host and port are those that the call was meant for
  bool may_be_private;   // the address may be any
};

// What is wrong with the headers and the body that are to be sent.
Failure check_request(const Request& request);
struct FreeList {
  void operator()(curl_slist* list) const;
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;
// Everything but the callbacks. What it returns must outlive the transfer, as the request must.
HeaderList set_request(CurlHandle& handle, const Request& request, const Hop& hop);
// Fills the answer, and adds to the bytes of the outcome.
Failure transfer(CurlHandle& handle, const Request& request, const Hop& hop, Outcome& out);

}  // namespace fokus::outgoing
