// SPDX-License-Identifier: Apache-2.0
// Letters by the mail server that an administrator has set. Not for other rooms.
#pragma once
#include "features/connect/connect.hpp"
#include "platform/mail_out.hpp"

namespace fokus::reports {

// The connector's name: in the settings, and in the egress log.
constexpr const char* mail_connector = "smtp";

struct MailSettings {
  mail::Server server;
  mail::Address from;
  std::string page_url;  // where people open Fokus, without a slash at the end; or empty
};

// Thread-safe; post() blocks.
class Postbox {
 public:
  Postbox(const records::ApiParts& parts, connect::Outbound& outbound, mail::MailOut& mail)
      : parts_(parts), outbound_(outbound), mail_(mail) {}

  // Before the server starts.
  void declare() const;
  // Errors: those of Connections::open(); "reports/bad_mail_settings" with the field host, port,
  // security, from_address or page_url.
  Result<MailSettings> settings() const;
  // Sends it and writes down that it did; `occasion` says for whom. The letter's sender is that of
  // the settings. Errors: those of compose().
  Result<mail::Outcome> post(const MailSettings& settings, mail::Letter letter,
                             const connect::Occasion& occasion, const mail::Watch& watch) const;

 private:
  Status send_test(const connect::Occasion& occasion) const;

  records::ApiParts parts_;
  connect::Outbound& outbound_;
  mail::MailOut& mail_;
};

// The Error of a letter that was not taken: "mail/" + failure_name(), with params "status".
Error error_of(const mail::Outcome& outcome);

}  // namespace fokus::reports
