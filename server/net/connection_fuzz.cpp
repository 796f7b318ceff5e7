// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: a whole connection of the server. Whatever comes over it, in whichever pieces:
// handlers see clean calls within their limits, every answer is whole and in its place, none has a
// control character in its head, and the connection ends when the client does.
#include "net/asio_setup.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <mutex>

#include "base/text.hpp"
#include "net/wired_testing.hpp"

using namespace fokus;
using namespace fokus::net;

namespace {

constexpr std::size_t head_bytes_max = 1024, echo_bytes_max = 256, upload_bytes_max = 2048;
constexpr std::string_view next_piece = "\xFE\xFE";  // in an input: what follows comes later
constexpr int pieces_max = 8;

struct Answer {
  int status = 0;
  bool to_head = false;
};

// What the server says it has answered, in that order. The loop and the workers write to it.
class Ledger {
 public:
  void add(const Call& call, int status) {
    std::lock_guard lock(mutex_);
    answers_.push_back({status, call.method == Method::head});
  }
  std::vector<Answer> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(answers_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Answer> answers_;
};

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

void check_call(const Call& call, std::size_t body_max) {
  CHECK(is_clean_utf8(call.path) && !has_control(call.path) && call.path.starts_with('/'));
  for (const auto& [key, value] : call.query) CHECK(is_clean_utf8(key) && is_clean_utf8(value));
  std::size_t head_bytes = 0;
  for (const auto& [name, value] : call.headers) {
    CHECK(!name.empty() && !has_control(value));
    head_bytes += name.size() + value.size();
  }
  CHECK(head_bytes <= head_bytes_max);
  CHECK(call.body.size() <= body_max);
  (void)call.cookie("session");
}

Reply echo(Call& call) {
  check_call(call, echo_bytes_max);
  Reply reply = Reply::text(call.body);
  // Names from outside come back in heads, those of files for one.
  reply.header("X-Name", std::string(call.query_value("name").value_or("")));
  return reply;
}

Reply keep_upload(Call& call) {
  check_call(call, 0);
  if (!call.body_file.empty())
    CHECK(std::filesystem::file_size(call.body_file) <= upload_bytes_max);
  return Reply::no_content();
}

std::optional<Reply> open_socket(Call& call,
                                 std::function<SocketEvents(std::shared_ptr<Socket>)>& accept) {
  check_call(call, 0);
  accept = [](std::shared_ptr<Socket> socket) {
    return SocketEvents{
        [socket](std::string_view message) { socket->send(std::to_string(message.size())); },
        [] {}};
  };
  return std::nullopt;
}

ServerSetup make_setup(Ledger& ledger) {
  ServerSetup setup;
  setup.options.fast_workers = setup.options.slow_workers = 1;
  setup.options.header_max = head_bytes_max;
  setup.options.spool_folder = std::filesystem::temp_directory_path();
  setup.routes = {
      {.method = Method::get, .path = "/api/{type}", .handler = echo},
      {.method = Method::get, .path = "/dav/{rest...}", .handler = echo},
      {.method = Method::post, .path = "/api/echo", .handler = echo, .body_max = echo_bytes_max},
      {.method = Method::put,
       .path = "/api/upload",
       .handler = keep_upload,
       .body_max = upload_bytes_max,
       .stream_body = true}};
  setup.sockets = {{"/api/events", open_socket}};
  setup.on_done = [&ledger](const Call& call, std::string_view, int status, std::int64_t) {
    ledger.add(call, status);
  };
  return setup;
}

std::string_view cut(std::string_view& text, std::string_view until) {
  const auto end = text.find(until);
  CHECK(end != text.npos);
  const auto part = text.substr(0, end);
  text.remove_prefix(end + until.size());
  return part;
}

// Reads the head off the text; the length of the body that it announces.
std::size_t read_head(std::string_view& text, int status) {
  auto head = cut(text, "\r\n\r\n");
  std::size_t length = 0;
  bool first = true;
  for (std::size_t end = 0; end != head.npos; head.remove_prefix(std::min(end, head.size()))) {
    if (!first) head.remove_prefix(2);
    end = head.find("\r\n");
    const auto line = head.substr(0, end);
    CHECK(!line.empty() && !has_control(line));
    if (first) CHECK(line.starts_with("HTTP/1.1 " + std::to_string(status) + " "));
    if (constexpr std::string_view name = "Content-Length: "; line.starts_with(name))
      std::from_chars(line.data() + name.size(), line.data() + line.size(), length);
    first = false;
  }
  return length;
}

void check_problem(std::string_view body) {
  boost::json::error_code fault;
  const auto problem = boost::json::parse({body.data(), body.size()}, fault);
  CHECK(!fault && problem.is_object() && problem.get_object().contains("code"));
}

void check_answers(std::string_view text, const std::vector<Answer>& answers) {
  constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  for (const auto& answer : answers) {
    if (text.starts_with(go_on)) text.remove_prefix(go_on.size());
    const std::size_t length = read_head(text, answer.status);
    if (answer.status == 101) return;  // frames follow
    if (answer.to_head || answer.status == 304) continue;
    CHECK(length <= text.size());
    if (answer.status >= 400) check_problem(text.substr(0, length));
    text.remove_prefix(length);
  }
  CHECK(text.empty() || text == go_on);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // Never destroyed: its threads would outlive what libFuzzer does at the end.
  static Ledger& ledger = *new Ledger;
  static auto& server = *new net::testing::WiredServer(make_setup(ledger));
  std::string_view input(reinterpret_cast<const char*>(bytes), size);
  std::string received;
  {
    net::testing::Wire wire(server);
    for (int piece = 1; !input.empty(); ++piece) {
      const auto end = piece < pieces_max ? input.find(next_piece) : input.npos;
      wire.send(input.substr(0, end));
      input.remove_prefix(end == input.npos ? input.size() : end + next_piece.size());
    }
    wire.finish();
    received = std::move(wire.received);
  }
  CHECK(server.core.body_bytes == 0);
  CHECK(server.core.counters.sockets_open == 0);
  check_answers(received, ledger.take());
  return 0;
}
