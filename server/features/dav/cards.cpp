// SPDX-License-Identifier: Apache-2.0
#include "features/dav/cards.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/dav/collection.hpp"

namespace fokus::dav {
namespace {

namespace json = boost::json;
using vcard::Card;

constexpr std::string_view person = "person";
constexpr std::size_t label_bytes_max = 60;  // what a contact point takes

std::string part_of(const json::object& value, std::string_view name) {
  return text_of(value, name);
}

void add_point(const json::object& point, Card& card) {
  const auto kind = text_of(point, "kind"), label = text_of(point, "label");
  const auto* primary = point.if_contains("primary");
  const bool is_first = primary && primary->is_bool() && primary->get_bool();
  const auto* value = point.if_contains("value");
  if (kind == "address" && value && value->is_object()) {
    const auto& parts = value->get_object();
    card.addresses.push_back({part_of(parts, "street"), part_of(parts, "postcode"),
                              part_of(parts, "city"), part_of(parts, "region"),
                              part_of(parts, "country"), label, is_first});
    return;
  }
  auto* points = kind == "phone"   ? &card.phones
                 : kind == "email" ? &card.emails
                 : kind == "url"   ? &card.urls
                                   : nullptr;
  if (points) points->push_back({text_of(point, "value"), label, is_first});
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

std::string given_names(const Card& card) {
  std::string out = card.first_name;
  if (!card.middle_name.empty()) out += (out.empty() ? "" : " ") + card.middle_name;
  return out;
}

// A card without name parts: the last word is the last name.
Card with_name_parts(Card card) {
  if (card.has_name_parts || card.full_name.empty()) return card;
  const auto space = card.full_name.rfind(' ');
  card.last_name = card.full_name.substr(space == std::string::npos ? 0 : space + 1);
  card.first_name = space == std::string::npos ? "" : card.full_name.substr(0, space);
  card.has_name_parts = true;
  return card;
}

// One is always the preferred one in a record: the first, when a card does not say.
template <class Points>
Points with_preferred(Points points) {
  bool has_one = false;
  for (auto& point : points) {
    if (has_one) point.is_preferred = false;
    has_one = has_one || point.is_preferred;
  }
  if (!has_one && !points.empty()) points.front().is_preferred = true;
  return points;
}

bool has_same_points(const Card& a, const Card& b) {
  return with_preferred(a.phones) == with_preferred(b.phones) &&
         with_preferred(a.emails) == with_preferred(b.emails) &&
         with_preferred(a.urls) == with_preferred(b.urls) &&
         with_preferred(a.addresses) == with_preferred(b.addresses);
}

void add_points(json::array& out, const char* kind, const std::vector<vcard::Point>& points) {
  for (const auto& one : with_preferred(points))
    out.push_back({{"kind", kind},
                   {"label", cut_utf8(one.label, label_bytes_max)},
                   {"value", one.value},
                   {"primary", one.is_preferred}});
}

json::array points_of(const Card& card) {
  json::array out;
  add_points(out, "phone", card.phones);
  add_points(out, "email", card.emails);
  add_points(out, "url", card.urls);
  for (const auto& one : with_preferred(card.addresses))
    out.push_back({{"kind", "address"},
                   {"label", cut_utf8(one.label, label_bytes_max)},
                   {"value",
                    {{"street", text_or_null(one.street)},
                     {"postcode", text_or_null(one.postcode)},
                     {"city", text_or_null(one.city)},
                     {"region", text_or_null(one.region)},
                     {"country", text_or_null(one.country)}}},
                   {"primary", one.is_preferred}});
  return out;
}

// "da" of "da-DK"
std::string language_of(const Card& card) {
  return lower_ascii(card.language.substr(0, card.language.find('-')));
}

std::string company_name(const Card& card) {
  return card.full_name.empty() ? card.organisation : card.full_name;
}

}  // namespace

Card card_of(const json::object& record, std::string_view type) {
  Card out;
  out.kind = type == person ? "individual" : "org";
  out.full_name = text_of(record, "name");
  if (const auto* points = record.if_contains("contact_points"); points && points->is_array())
    for (const auto& point : points->get_array())
      if (point.is_object()) add_point(point.get_object(), out);
  if (type != person) {
    out.organisation = out.full_name;
    out.note = text_of(record, "description");
    return out;
  }
  out.first_name = text_of(record, "first_name");
  out.last_name = text_of(record, "last_name");
  out.has_name_parts = !out.first_name.empty() || !out.last_name.empty();
  out.title = text_of(record, "job_title");
  out.note = text_of(record, "note");
  out.language = text_of(record, "language");
  out.birth_date = parse_date(text_of(record, "birth_date"));
  if (const auto* company = record.if_contains("company"); company && company->is_object()) {
    const auto& link = company->get_object();
    out.organisation = text_of(link, "name");
    // One that may not be read has no name, and no uid either.
    if (!out.organisation.empty())
      out.organisation_uid =
          "company-" + std::to_string(link.at("id").to_number<std::int64_t>()) + "@fokus";
  }
  return out;
}

Card with_kept(Card card, const Card& kept, std::string_view type) {
  card.rest = kept.rest;
  card.categories = kept.categories;
  if (card.title.empty() && type != person) card.title = kept.title;
  if (type != person) return card;
  if (card.first_name == given_names(kept) && card.last_name == kept.last_name) {
    card.first_name = kept.first_name;
    card.middle_name = kept.middle_name;
    card.prefix = kept.prefix;
    card.suffix = kept.suffix;
    if (!kept.full_name.empty()) card.full_name = kept.full_name;
  }
  // What is linked is known better; a name without a link is the program's own.
  if (card.organisation.empty()) card.organisation = kept.organisation;
  if (card.organisation == kept.organisation) card.department = kept.department;
  return card;
}

Card as_seen(const Card& card, vcard::Version version) {
  auto read = vcard::parse_card(vcard::render_card(card, version));
  return read ? std::move(*read) : card;
}

json::object changes_of(const Card& before, const Card& after, std::string_view type,
                        const json::object& record) {
  json::object out;
  const auto change = [&](const char* field, const std::string& was, const std::string& is) {
    if (was != is && !is_masked(record, field)) out[field] = text_or_null(is);
  };
  if (!has_same_points(before, after) && !is_masked(record, "contact_points"))
    out["contact_points"] = points_of(after);
  if (type != person) {
    change("name", company_name(before), company_name(after));
    change("description", before.note, after.note);
    return out;
  }
  const Card was = with_name_parts(before), is = with_name_parts(after);
  change("first_name", given_names(was), given_names(is));
  change("last_name", was.last_name, is.last_name);
  change("job_title", before.title, after.title);
  change("note", before.note, after.note);
  // Cards of 3.0 have no language.
  if (after.version == vcard::Version::v40)
    change("language", language_of(before), language_of(after));
  if (before.birth_date != after.birth_date && !is_masked(record, "birth_date"))
    out["birth_date"] =
        after.birth_date ? json::value(render_date(*after.birth_date)) : json::value();
  return out;
}

bool is_same(const Card& record, const Card& sent, std::string_view type) {
  // A link shows the name of what is linked.
  if (!record.organisation_uid.empty() && record.organisation != sent.organisation) return false;
  return changes_of(record, sent, type, {}).empty();
}

}  // namespace fokus::dav
