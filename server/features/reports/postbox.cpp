// SPDX-License-Identifier: Apache-2.0
#include "features/reports/postbox.hpp"

#include <charconv>
#include <chrono>

#include "base/text.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

using connect::Field;

constexpr int port_starttls = 587, port_tls = 465, port_plain = 25, port_max = 65535;
constexpr std::size_t token_bytes = 12;

// tidy: table
connect::Connector connector() {
  connect::Connector out;
  out.name = mail_connector;
  out.kind = "mail";
  out.title = {{"en", "Outgoing e-mail (SMTP)"},
               {"da", "Udgående e-mail (SMTP)"},
               {"nb", "Utgående e-post (SMTP)"},
               {"sv", "Utgående e-post (SMTP)"},
               {"de", "Ausgehende E-Mail (SMTP)"}};
  out.sends = {{"en", "Letters to users: dashboards as PDF with the numbers that each may see"},
               {"da", "Breve til brugere: dashboards som PDF med de tal, hver enkelt må se"},
               {"nb", "Brev til brukere: dashbord som PDF med tallene hver enkelt har tilgang til"},
               {"sv",
                "Brev till användare: instrumentpaneler som PDF med de siffror var och en "
                "får se"},
               {"de",
                "Briefe an Benutzer: Dashboards als PDF mit den Zahlen, die jeder sehen "
                "darf"}};
  out.data_class = "contact";
  const auto add = [&](const char* name, records::Labels label, bool is_required = false) {
    Field field;
    field.name = name, field.label = std::move(label), field.is_required = is_required;
    out.fields.push_back(std::move(field));
  };
  add("host",
      {{"en", "Server"}, {"da", "Server"}, {"nb", "Server"}, {"sv", "Server"}, {"de", "Server"}},
      true);
  out.fields.back().says_where = true;
  add("port", {{"en", "Port (587, 465 or 25 when empty)"},
               {"da", "Port (587, 465 eller 25, når tom)"},
               {"nb", "Port (587, 465 eller 25 når tom)"},
               {"sv", "Port (587, 465 eller 25 om tomt)"},
               {"de", "Port (587, 465 oder 25, wenn leer)"}});
  out.fields.back().says_where = true;
  add("security", {{"en", "Encryption: starttls, tls or none (starttls when empty)"},
                   {"da", "Kryptering: starttls, tls eller none (starttls, når tom)"},
                   {"nb", "Kryptering: starttls, tls eller none (starttls når tom)"},
                   {"sv", "Kryptering: starttls, tls eller none (starttls om tomt)"},
                   {"de", "Verschlüsselung: starttls, tls oder none (starttls, wenn leer)"}});
  add("user", {{"en", "User name"},
               {"da", "Brugernavn"},
               {"nb", "Brukernavn"},
               {"sv", "Användarnamn"},
               {"de", "Benutzername"}});
  add("password", {{"en", "Password"},
                   {"da", "Adgangskode"},
                   {"nb", "Passord"},
                   {"sv", "Lösenord"},
                   {"de", "Kennwort"}});
  out.fields.back().is_secret = true;
  add("from_address",
      {{"en", "Sender’s address"},
       {"da", "Afsenderens adresse"},
       {"nb", "Avsenderens adresse"},
       {"sv", "Avsändarens adress"},
       {"de", "Adresse des Absenders"}},
      true);
  add("from_name", {{"en", "Sender’s name"},
                    {"da", "Afsenderens navn"},
                    {"nb", "Avsenderens navn"},
                    {"sv", "Avsändarens namn"},
                    {"de", "Name des Absenders"}});
  add("page_url", {{"en", "Address of Fokus, for links in letters (https://…)"},
                   {"da", "Adressen på Fokus, til links i breve (https://…)"},
                   {"nb", "Adressen til Fokus, for lenker i brev (https://…)"},
                   {"sv", "Adressen till Fokus, för länkar i brev (https://…)"},
                   {"de", "Adresse von Fokus, für Links in Briefen (https://…)"}});
  return out;
}

Error bad(const char* field, const char* code) {
  return field_error("reports/bad_mail_settings", field, code);
}

Result<int> port_of(const std::string& text, mail::Security security) {
  if (text.empty())
    return security == mail::Security::tls        ? port_tls
           : security == mail::Security::starttls ? port_starttls
                                                  : port_plain;
  int port = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failed != std::errc() || end != text.data() + text.size() || port < 1 || port > port_max)
    return bad("port", "out_of_range");
  return port;
}

Result<mail::Security> security_of(const std::string& text) {
  if (text.empty() || text == "starttls") return mail::Security::starttls;
  if (text == "tls") return mail::Security::tls;
  if (text == "none") return mail::Security::none;
  return bad("security", "unknown");
}

std::string domain_of(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

}  // namespace

void Postbox::declare() const {
  auto smtp = connector();
  smtp.test = [this](connect::Outbound&, const connect::Occasion& why) { return send_test(why); };
  outbound_.connections().add(std::move(smtp));
}

Result<MailSettings> Postbox::settings() const {
  const auto stored = TRY(outbound_.connections().open(mail_connector));
  const auto value = [&](const char* name) {
    const auto found = stored.values.find(name);
    return found == stored.values.end() ? std::string() : std::string(trim(found->second));
  };
  MailSettings out;
  out.server.host = lower_ascii(value("host"));
  if (out.server.host.empty()) return bad("host", "required");
  out.server.security = TRY(security_of(lower_ascii(value("security"))));
  out.server.port = TRY(port_of(value("port"), out.server.security));
  out.server.user = value("user");
  const auto password = stored.values.find("password");
  if (password != stored.values.end()) out.server.password = password->second;
  out.from = {value("from_name"), value("from_address")};
  if (!mail::is_mail_address(out.from.address)) return bad("from_address", "not_an_address");
  out.page_url = value("page_url");
  while (out.page_url.ends_with('/')) out.page_url.pop_back();
  const bool is_url = out.page_url.starts_with("https://") || out.page_url.starts_with("http://");
  if (!out.page_url.empty() && !is_url) return bad("page_url", "not_a_url");
  return out;
}

Result<mail::Outcome> Postbox::post(const MailSettings& settings, mail::Letter letter,
                                    const connect::Occasion& occasion,
                                    const mail::Watch& watch) const {
  letter.from = settings.from;
  const auto bytes = TRY(mail::compose(letter));
  connect::EgressEntry entry;
  entry.at = parts_.clock.now();
  const auto begun = std::chrono::steady_clock::now();
  const auto outcome =
      mail_.send(settings.server, settings.from.address, letter.to.address, bytes, watch);
  entry.connector = mail_connector;
  entry.method = "SEND";
  entry.host = settings.server.host + ":" + std::to_string(settings.server.port);
  entry.status = outcome.status;
  if (!outcome.ok()) entry.error = mail::failure_name(outcome.failure);
  entry.bytes_out = outcome.bytes_out;
  entry.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::steady_clock::now() - begun)
                          .count();
  entry.occasion = occasion;
  outbound_.log().append(std::move(entry));
  return outcome;
}

// To whoever presses the button.
Status Postbox::send_test(const connect::Occasion& occasion) const {
  const auto settings = TRY(this->settings());
  const auto actor = TRY(parts_.actor_of(work::JobAuthor(occasion.user)));
  mail::Letter letter;
  letter.to = {actor.name, actor.email};
  letter.subject = word(Word::test_subject, actor.language);
  letter.text = std::string(word(Word::test_text, actor.language)) + "\n";
  letter.language = actor.language;
  letter.at = parts_.clock.now();
  letter.message_id = "fokus.test." + std::to_string(letter.at.ms) + "." +
                      SystemRandom().hex(token_bytes) + "@" + domain_of(settings.from.address);
  const auto outcome = TRY(post(settings, std::move(letter), occasion, {}));
  return outcome.ok() ? Status() : Status(error_of(outcome));
}

Error error_of(const mail::Outcome& outcome) {
  auto error = make_error(outcome.is_temporary ? ErrorKind::unavailable : ErrorKind::conflict,
                          "mail/" + std::string(mail::failure_name(outcome.failure)));
  if (outcome.status != 0) error.params["status"] = std::to_string(outcome.status);
  return error;
}

}  // namespace fokus::reports
