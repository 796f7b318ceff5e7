// SPDX-License-Identifier: Apache-2.0
// What a merge would do, as far as the viewer may know.
#include <set>

#include "features/merge/journal.hpp"
#include "features/merge/merge_values.hpp"
#include "records/rights.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;
using records::Field;
using records::RecordImage;

constexpr int history_max = 200;  // saves of a record that are asked where its values come from

struct Origin {
  std::string source, changed_at;
};

// Field → the newest change of it. Masked fields are not in the answer at all.
std::map<std::string, Origin> origins_of(const records::ApiParts& parts, store::Session& session,
                                         const access::Scope& scope,
                                         const records::RecordType& type, RecordId id) {
  std::map<std::string, Origin> out;
  std::string text;
  JsonWriter writer(text);
  const auto written = parts.records.write_history(
      session, scope, type, id, std::numeric_limits<std::int64_t>::max(), history_max, writer);
  if (!written.ok()) return out;
  const auto root = json::parse(text);
  for (const auto& item : root.at("items").as_array()) {
    Origin origin;
    if (const auto* source = item.at("source").if_object())
      origin.source = std::string(source->at("name").as_string());
    origin.changed_at = std::string(item.at("at").as_string());
    for (const auto& change : item.at("changes").as_array())
      out.try_emplace(std::string(change.at("field").as_string()), origin);
  }
  return out;
}

class Preview {
 public:
  Preview(const Merges& merges, store::Session& session, const access::Scope& scope,
          const MergeOrder& order, std::vector<RecordImage> images, records::Seen& seen)
      : parts_(merges.parts()),
        merging_(merges.merging()),
        session_(session),
        scope_(scope),
        order_(order),
        type_(*order.type),
        dictionary_(parts_.records.dictionary_ptr()),
        images_(std::move(images)),
        seen_(seen) {}

  std::string write() {
    for (const auto& image : images_)
      origins_[image.id.value] = origins_of(parts_, session_, scope_, type_, image.id);
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("keep", order_.keep.value).key("records").begin_array();
    for (const auto& image : images_) write_record(json, image);
    json.end_array().key("fields").begin_array();
    for (const auto& field : type_.fields)
      if (is_shown(field)) write_field(json, field);
    json.end_array();
    write_contact_points(json);
    write_moves(json);
    write_warnings(json);
    json.end_object();
    return out;
  }

 private:
  bool is_shown(const Field& field) const {
    return is_chosen(field) && !field.hidden && !records::is_masked(scope_, field);
  }

  void write_record(JsonWriter& json, const RecordImage& image) {
    json.begin_object().field("id", image.id.value).key("label");
    const auto label = label_of(parts_, session_, scope_, type_, image.id.value);
    json.value(label.value_or(""));
    json.field("version", image.version);
    json.key("created_at")
        .value(render_instant({image.fields.at("created_at").as_array().at(0).as_int64()}));
    json.end_object();
  }

  void write_field(JsonWriter& json, const Field& field) {
    std::set<std::string> texts;
    json.begin_object().field("field", field.name).key("values").begin_array();
    for (const auto& image : images_) {
      const std::string value = merging_.render(field, image);
      texts.insert(value);
      json.begin_object().field("id", image.id.value).key("value").raw(value);
      json.key("display").value(display(field, value));
      const auto& known = origins_.at(image.id.value);
      if (const auto at = known.find(field.name); at != known.end()) {
        if (!at->second.source.empty()) json.field("source", at->second.source);
        json.field("changed_at", at->second.changed_at);
      }
      json.end_object();
    }
    json.end_array().field("differs", texts.size() > 1);
    json.field("suggested", suggest(images_, type_.name, field.name).value);
    json.field("strict", is_strict(type_.name, field.name));
    json.end_object();
  }

  // One line for people: names of links, labels of list items.
  std::string display(const Field& field, const std::string& text) {
    const auto value = json::parse(text);
    if (value.is_null()) return "";
    if (records::is_link_kind(field.kind) && value.is_int64()) return name_at(field, value);
    if (!field.list.empty()) return labels(field, value);
    if (value.is_string()) return std::string(value.get_string());
    if (!value.is_object()) return text;
    std::string out;
    for (const auto& [key, part] : value.get_object())
      if (part.is_string()) out += (out.empty() ? "" : ", ") + std::string(part.get_string());
    return out;
  }

  std::string name_at(const Field& field, const json::value& id) {
    const auto* target = dictionary_->find(field.target);
    if (!target) return "";
    if (target->system)
      return session_
          .query_text("SELECT name FROM " + target->table + " WHERE id = $1", {id.get_int64()})
          .value_or("");
    const auto label = label_of(parts_, session_, scope_, *target, id.get_int64());
    if (label && target->about_person) seen_.add(target->name, id.get_int64());
    return label.value_or("");
  }

  std::string labels(const Field& field, const json::value& value) const {
    std::string out;
    const auto add = [&](const json::value& key) {
      if (!key.is_string()) return;
      const auto* item = dictionary_->find_item(field.list, key.get_string());
      std::string label(key.get_string());
      if (item) {
        auto at = item->label.find(scope_.actor.language);
        if (at == item->label.end()) at = item->label.begin();
        if (at != item->label.end()) label = at->second;
      }
      out += (out.empty() ? "" : ", ") + label;
    };
    if (value.is_array())
      for (const auto& key : value.get_array()) add(key);
    else
      add(value);
    return out;
  }

  // All of them stay; only how many is of interest.
  void write_contact_points(JsonWriter& json) {
    if (!type_.contact_points || records::is_class_masked(scope_, records::contact_class)) return;
    RecordImage joined{order_.keep};
    joined.points = points();
    json.key("contact_points").raw(merging_.render_points(joined));
  }

  json::array points() const {
    std::vector<const RecordImage*> all;
    for (const auto& image : images_) all.push_back(&image);
    return merging_.join_points(type_, all, merge_values(order_, images_).image.fields);
  }

  // Only what the viewer may see is counted; the rest moves all the same.
  void write_moves(JsonWriter& json) {
    json.key("moves").begin_array();
    for (const auto& place : link_places(*dictionary_, type_)) {
      if (!scope_.permissions().may(place.type->name, access::Action::read) &&
          scope_.actor.kind != access::ActorKind::system)
        continue;
      const auto count = count_place(place);
      if (count == 0) continue;
      json.begin_object().field("what", place.type->plural).field("field", place.field->name);
      json.key("label").value(label_in(place.type->label_plural)).field("count", count);
      json.end_object();
    }
    json.end_array();
  }

  std::string label_in(const records::Labels& labels) const {
    auto at = labels.find(scope_.actor.language);
    if (at == labels.end()) at = labels.find("en");
    return at == labels.end() ? "" : at->second;
  }

  std::int64_t count_place(const LinkPlace& place) const {
    records::SqlText sql{"SELECT count(*) FROM " + place.type->table +
                             " t WHERE t.archived_at IS NULL AND t." + place.field->name + " IN (",
                         {}};
    for (std::size_t i = 0; i < order_.merge.size(); ++i)
      sql.text += (i == 0 ? "" : ", ") + sql.bind(order_.merge[i].value);
    sql.text += ")";
    append_read_right(parts_, session_, scope_, *dictionary_, *place.type, sql);
    const auto params = sql.params();
    auto rows = session_.query(sql.text, store::Params(params));
    rows->next();
    return rows->integer(0);
  }

  void write_warnings(JsonWriter& json) {
    json.key("warnings").begin_array();
    const auto warn = [&](std::string_view code, std::string_view text) {
      json.begin_object().field("code", code).field("text", text).end_object();
    };
    const auto places = link_places(*dictionary_, type_);
    if (count_links(session_, places, order_, limits::rows_max) > limits::rows_max)
      warn("merge/runs_as_job", "So much is moved that it is done as a job.");
    if (points().size() > limits::contact_points_max)
      warn("merge/too_many_contact_points", "Together they have more contact points than one may.");
    for (const auto& field : type_.fields)
      if (is_strict(type_.name, field.name) && is_shown(field) && differs(field))
        warn("merge/strictest_wins", field.name);
    json.end_array();
  }

  bool differs(const Field& field) const {
    return std::any_of(images_.begin(), images_.end(), [&](const RecordImage& image) {
      return image.fields.at(field.name) != images_.front().fields.at(field.name);
    });
  }

  const records::ApiParts& parts_;
  const records::RecordMerging& merging_;
  store::Session& session_;
  const access::Scope& scope_;
  const MergeOrder& order_;
  const records::RecordType& type_;
  records::DictionaryPtr dictionary_;
  std::vector<RecordImage> images_;
  records::Seen& seen_;
  std::map<std::int64_t, std::map<std::string, Origin>> origins_;
};

}  // namespace

Result<std::string> Merges::preview(store::Session& session, const access::Scope& scope,
                                    const MergeOrder& order, records::Seen& seen) const {
  TRY(check(order));
  std::vector<RecordImage> images{TRY(merging_.look(session, scope, *order.type, order.keep))};
  for (const auto id : order.merge)
    images.push_back(TRY(merging_.look(session, scope, *order.type, id)));
  return Preview(*this, session, scope, order, std::move(images), seen).write();
}

}  // namespace fokus::merge
