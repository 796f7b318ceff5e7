// SPDX-License-Identifier: Apache-2.0
#include "features/reports/delivery.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/reports/words.hpp"
#include "platform/figures.hpp"

namespace fokus::reports {
namespace {

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

// A paragraph per part; a part that ends with the link becomes one.
std::string html_of(const std::vector<std::string>& parts, const std::string& language,
                    const std::vector<std::string>& links) {
  std::string body;
  for (const auto& part : parts) {
    std::string html = replace_all(escape_html(part), "\n", "<br>\n");
    for (const auto& link : links) {
      const auto shown = escape_html(link);
      if (part.ends_with(link))
        html = replace_all(html, shown, "<a href=\"" + shown + "\">" + shown + "</a>");
    }
    body += "<p>" + html + "</p>\n";
  }
  return "<!DOCTYPE html>\n<html lang=\"" + escape_html(language) +
         "\"><head><meta charset=\"utf-8\"></head>\n<body style=\"font-family: sans-serif\">\n" +
         body + "</body></html>\n";
}

// What will not be otherwise in a minute.
bool is_lasting(const Error& error) {
  return error.kind != ErrorKind::unavailable && error.kind != ErrorKind::too_many;
}

}  // namespace

std::int64_t retry_wait_ms(int attempts) {
  constexpr std::int64_t growth = 4;
  std::int64_t out = limits::retry_first_ms;
  for (int i = 1; i < attempts && out < limits::retry_longest_ms; ++i) out *= growth;
  return std::min(out, limits::retry_longest_ms);
}

void Delivery::run() {
  if (due_.attempts > limits::attempts_max) return end(states::failed, "reports/given_up");
  const auto settings = postbox_.settings();
  if (!settings) return end_with(settings.error());
  const auto content = prepare();
  if (!content) return end_with(content.error());
  if (!keep(states::preparing, limits::lease_ms)) return;
  const auto outcome = send(*settings, *content);
  if (!outcome) return end_with(outcome.error());
  end_with(*outcome);
}

Result<Subscription> Delivery::find_wanted() const {
  return parts_.database.read([&](store::Session& session) -> Result<Subscription> {
    const auto& sql = parts_.statements;
    access::Scope program;
    program.actor = access::system_actor();
    const auto found = find_subscription(session, sql, program, due_.subscription);
    if (!found ||
        session.query_integer(sql["reports.is_wanted"], {due_.subscription, due_.user}) == 0)
      return make_error(ErrorKind::not_found, "reports/not_wanted");
    return *found;
  });
}

// With the rights that the receiver has now.
Result<Delivery::Content> Delivery::prepare() {
  Content out;
  out.subscription = TRY(find_wanted());
  auto actor = parts_.actor_of(work::JobAuthor(due_.user));
  if (!actor) return make_error(ErrorKind::not_found, "reports/not_wanted");
  out.scope.actor = *std::move(actor);
  out.scope.route = "mail:report";
  out.document =
      TRY(make_document(reports_.dashboards(), out.scope, out.subscription.ask,
                        [this, kept = parts_.clock.now()]() mutable { return goes_on(kept); }));
  return out;
}

mail::Letter Delivery::letter_of(const MailSettings& settings, const Content& content) const {
  const auto& actor = content.scope.actor;
  const auto& [subscription, scope, document] = content;
  const auto zone = TimeZone::find(actor.time_zone).value_or(TimeZone::utc());
  const Figures figures(actor.language, zone);
  mail::Letter out;
  out.to = {actor.name, actor.email};
  out.language = actor.language;
  out.at = parts_.clock.now();
  out.subject = subscription.subject.empty()
                    ? document.name + ", " + figures.date(zone.date_of(document.as_of))
                    : subscription.subject;
  std::vector<std::string> said, links;
  if (!subscription.message.empty()) said.push_back(subscription.message);
  said.push_back(sentence(Word::attached, actor.language,
                          {{"dashboard", document.name}, {"at", figures.instant(document.as_of)}}));
  if (!settings.page_url.empty()) {
    links.push_back(settings.page_url + "/dashboards/" +
                    std::to_string(subscription.ask.dashboard.value));
    said.push_back(sentence(Word::open_here, actor.language, {{"url", links.back()}}));
  }
  if (subscription.owner != due_.user)
    said.push_back(sentence(Word::set_up_by, actor.language, {{"name", subscription.owner_name}}));
  if (settings.page_url.empty()) {
    said.emplace_back(word(Word::stop_in_app, actor.language));
  } else {
    links.push_back(settings.page_url + "/reports?report=" + std::to_string(subscription.id.value));
    out.unsubscribe = links.back();
    said.push_back(sentence(Word::stop_here, actor.language, {{"url", links.back()}}));
  }
  out.text = join(said, "\n\n") + "\n";
  out.html = html_of(said, actor.language, links);
  out.attachments.push_back(
      {file_name_of(document, actor.time_zone), "application/pdf", document.bytes});
  // The same whenever this letter is sent: who should get it twice after all can tell.
  const auto& from = settings.from.address;
  out.message_id = "fokus.report." + std::to_string(due_.subscription.value) + "." +
                   std::to_string(due_.user.value) + "." + std::to_string(due_.occasion.ms) + "@" +
                   from.substr(from.find('@') + 1);
  return out;
}

Result<mail::Outcome> Delivery::send(const MailSettings& settings, const Content& content) {
  connect::Occasion occasion;
  occasion.user = due_.user;
  occasion.persons = 1;
  mail::Watch watch;
  watch.before_end = [this] { return keep(states::handing, limits::handing_ms); };
  watch.should_stop = [this] { return stops(); };
  return postbox_.post(settings, letter_of(settings, content), occasion, watch);
}

// Between two tiles: a page of many slow ones takes longer than a lease.
bool Delivery::goes_on(Instant& kept) const {
  constexpr std::int64_t renewals = 4;  // within a lease
  if (stops()) return false;
  const Instant now = parts_.clock.now();
  if (now < kept.plus_ms(limits::lease_ms / renewals)) return true;
  kept = now;
  return keep(states::preparing, limits::lease_ms);
}

bool Delivery::keep(std::string_view state, std::int64_t for_ms) const {
  std::int64_t kept = 0;
  parts_.database.write([&](store::Transaction& tx) {
    kept = tx.execute(parts_.statements["reports.keep_delivery"],
                      {due_.id, lease_, state, parts_.clock.now().plus_ms(for_ms)});
  });
  return kept != 0;
}

void Delivery::end(std::string_view state, std::string_view code) const {
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["reports.end_delivery"],
               {due_.id, lease_, state, code, parts_.clock.now()});
  });
}

void Delivery::retry(std::string_view code) const {
  if (due_.attempts >= limits::attempts_max) return end(states::failed, code);
  const Instant next = parts_.clock.now().plus_ms(retry_wait_ms(due_.attempts));
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["reports.retry_delivery"], {due_.id, lease_, code, next});
  });
}

// The program ends: the next one, or another node, takes it up at once. Without effect when another
// run has it.
void Delivery::release() const {
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["reports.retry_delivery"],
               {due_.id, lease_, "", parts_.clock.now()});
  });
}

void Delivery::end_with(const Error& error) const {
  if (error.code == "reports/stopped") return release();
  if (error.code == "reports/not_wanted" || error.code == "dashboards/not_found" ||
      error.code == "dashboards/no_such_tile")
    return end(states::skipped, error.code);
  is_lasting(error) ? end(states::failed, error.code) : retry(error.code);
}

void Delivery::end_with(const mail::Outcome& outcome) const {
  if (outcome.ok()) return end(states::sent, "");
  const auto code = error_of(outcome).code;
  if (outcome.may_have_arrived) return end(states::unsure, code);
  if (outcome.failure == mail::Failure::stopped) return release();
  outcome.is_temporary ? retry(code) : end(states::failed, code);
}

}  // namespace fokus::reports
