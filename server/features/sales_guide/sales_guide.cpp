// SPDX-License-Identifier: Apache-2.0
#include "features/sales_guide/sales_guide.hpp"

namespace fokus::sales_guide {
namespace {

namespace json = boost::json;

// What is stored has been checked; what cannot be read any more leaves the shipped one.
std::optional<Guide> read_content(std::string_view text) {
  boost::system::error_code ec;
  const auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  if (ec || !value.is_object()) return std::nullopt;
  auto guide = parse_guide(value.get_object());
  if (!guide) return std::nullopt;
  return std::move(*guide);
}

}  // namespace

Stored SalesGuide::find(store::Session& session) const {
  auto rows = session.query(parts_.statements["sales_guide.find"]);
  if (!rows->next()) return {0, true, shipped_guide()};
  const std::int64_t version = rows->integer(0);
  auto own = read_content(rows->text(1));
  if (!own) return {version, true, shipped_guide()};
  return {version, false, std::move(*own)};
}

Status SalesGuide::save(store::Transaction& tx, const access::Scope& scope,
                        const std::optional<Guide>& guide,
                        std::optional<std::int64_t> expected) const {
  const auto& sql = parts_.statements;
  const Instant now = parts_.clock.now();
  if (guide) TRY(check_guide(*parts_.dictionary.current(), *guide));
  tx.execute(sql["sales_guide.make_place"], {now, scope.actor.user});
  const std::int64_t version = tx.query_integer(sql["sales_guide.lock"]);
  if (expected && *expected != version) {
    Error stale = make_error(ErrorKind::stale, "records/stale");
    stale.params["current_version"] = std::to_string(version);
    return stale;
  }
  const std::string content = guide ? json::serialize(guide_to_json(*guide)) : std::string();
  tx.execute(sql["sales_guide.save"], {version + 1, content, now, scope.actor.user});
  // Of no record type, and so for everybody.
  tx.execute(sql["records.add_event"], {now, "dictionary", "sales_guide", 0, version + 1, nullptr,
                                        nullptr, false, scope.actor.user});
  tx.notify("events", "sales_guide");
  return {};
}

void SalesGuide::forget_record(store::Transaction& tx, const records::RecordType& type,
                               RecordId id) const {
  if (type.name == "sale") tx.execute(parts_.statements["sales_guide.remove_steps_of_sale"], {id});
  if (type.name == "activity")
    tx.execute(parts_.statements["sales_guide.remove_steps_of_activity"], {id});
}

}  // namespace fokus::sales_guide
