// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/private_hosts.hpp"

// Letters that leave this machine through a mail server. Rooms ask features/connect first whether
// an administrator wants that, and write down there that it happened.
namespace fokus::mail {

namespace limits {
constexpr std::size_t letter_bytes_max = 20 << 20;  // as it is sent
constexpr std::size_t address_max = 254, name_max = 200, subject_max = 500;
constexpr std::int64_t connect_ms = 10'000;
constexpr std::int64_t answer_ms = 60'000;  // for the server's answer to one command
constexpr std::int64_t total_ms = 180'000;
}  // namespace limits

struct Address {
  std::string name;  // any text, or empty
  std::string address;
};
// What may be put into an envelope: one @, printable ASCII without space, quotes, brackets, commas
// and the like. Stricter than RFC 5321.
bool is_mail_address(std::string_view text);

struct Attachment {
  std::string name, type, bytes;  // "Salg.pdf", "application/pdf"
};

// One letter to one receiver. Names and subject may be foreign: control characters in them become
// spaces, so that none begins a header of its own.
struct Letter {
  Address from, to;
  std::string subject, text, html;  // html may be empty
  std::vector<Attachment> attachments;
  std::string message_id;   // "…@host", without brackets; the same for the same letter sent again
  std::string unsubscribe;  // an https or http URL for List-Unsubscribe, or empty
  std::string language;     // Content-Language, or empty
  Instant at;
};

// The letter as it is sent: MIME in UTF-8, lines ending with CRLF. Errors: "mail/bad_address" with
// the field from, to, message_id or unsubscribe; "mail/too_large".
Result<std::string> compose(const Letter& letter);

enum class Security {
  tls,       // from the first byte (smtps)
  starttls,  // required: without it nothing is sent
  none       // only where PrivateHosts::allows_plain says so
};

struct Server {
  std::string host;
  int port = 0;
  Security security = Security::starttls;
  std::string user, password;  // empty user: without signing in
};

// Why a letter was not taken.
enum class Failure {
  none,
  address_refused,  // the server's address is not public, or no TLS is wanted where it is needed
  unknown_host,     // its name has no address
  not_connected,
  timeout,
  tls,  // no STARTTLS, or a certificate that is not its own
  sign_in_refused,
  sender_refused,
  recipient_refused,
  letter_refused,  // too large, unwanted content
  broken,          // the connection ended, or what came is no SMTP
  stopped          // by the Watch
};
std::string_view failure_name(Failure failure);  // "recipient_refused", …

struct Outcome {
  Failure failure = Failure::none;
  int status = 0;             // of the server's last answer; 0: none came
  bool is_temporary = false;  // trying again later may help: 4xx, or the server was not reached
  // The letter was handed over as a whole, and the answer did not come: nobody knows.
  bool may_have_arrived = false;
  std::int64_t bytes_out = 0;
  bool ok() const { return failure == Failure::none; }
};

// What whoever sends has to say meanwhile.
struct Watch {
  // Asked right before the letter's last bytes leave: until then the server has nothing that it
  // could deliver, and with false it gets nothing. The place to write down that it is on its way.
  std::function<bool()> before_end = {};
  std::function<bool()> should_stop = {};  // asked now and then, until the letter is handed over
};

// Thread-safe; send() blocks for limits::total_ms at most, so it belongs to a thread of its own.
class MailOut {
 public:
  virtual ~MailOut() = default;
  // Hands `letter` (of compose()) over for one receiver.
  virtual Outcome send(const Server& server, std::string_view from, std::string_view to,
                       std::string_view letter, const Watch& watch) = 0;
};

struct Options {
  outgoing::PrivateHosts private_hosts;
  std::string certificates;  // PEM file of who is trusted, instead of the system's; empty: that
};

// With libcurl. In the composition root, before there are other threads.
std::unique_ptr<MailOut> make_mail_out(Options options);

}  // namespace fokus::mail
