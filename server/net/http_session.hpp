// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "net/asio_setup.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <string>
#include <string_view>

#include "net/body_pipe.hpp"
#include "net/session.hpp"

namespace fokus::net {

namespace http = beast::http;
using Parser = http::request_parser<http::buffer_body>;

// The exchange of one call with the pipe of its streamed body. Shared by the connection and the
// worker's job, because either may end first.
struct LiveExchange : Exchange {
  std::shared_ptr<BodyPipe> pipe;
};

// One HTTP/1.1 connection, as a coroutine on its loop. Beast parses; bytes are read and replies are
// written here, which gives error replies, 100-continue and one deadline per phase.
class HttpSession final : Watched {
 public:
  HttpSession(Core& core, Loop& loop, Channel channel, Slot slot);
  Task<void> run();

 private:
  enum class After { keep, close, linger, gone };  // what becomes of the connection
  enum class Head { whole, late, too_large, malformed, closed };
  enum class Body { whole, late, too_large, malformed, closed, no_space, no_memory };

  void expire() override;
  void retire() override;
  void drop() override;
  void arm(int timeout_ms);
  void arm_body(Clock::time_point began, std::size_t total);
  void disarm() { deadline = Clock::time_point::max(); }

  Task<After> serve_one();
  Task<After> answer_call(Parser& parser, std::shared_ptr<LiveExchange> exchange);
  Task<After> upgrade(Parser& parser, std::shared_ptr<LiveExchange> exchange);
  Task<After> refuse_head(LiveExchange& exchange, Head head);
  Task<After> refuse_body(LiveExchange& exchange, Body body);
  Task<bool> is_admitted(std::shared_ptr<LiveExchange> exchange);
  Task<void> run_handler(std::shared_ptr<LiveExchange> exchange);

  Task<std::size_t> fill(std::size_t bytes_max);  // how many came; 0: closed or late
  Task<Head> read_head(Parser& parser);
  Task<Body> read_body(Parser& parser, LiveExchange& exchange, std::size_t limit);
  Task<Body> keep_piece(LiveExchange& exchange, std::string_view piece);
  void fill_call(const Parser& parser, Call& call);

  Task<After> send(LiveExchange& exchange, bool keep);
  Task<bool> send_stream(LiveExchange& exchange, bool chunked);
  Task<bool> send_file(LiveExchange& exchange);
  Task<bool> write(std::string_view bytes);
  Task<void> close();
  Task<void> linger();

  Core& core_;
  Loop& loop_;
  Channel channel_;
  Slot slot_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::shared_ptr<BodyPipe> pipe_;  // of the reply that is being sent
  bool first_ = true, idle_ = false, timed_out_ = false, http_1_0_ = false;
};

}  // namespace fokus::net
