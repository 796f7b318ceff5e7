// SPDX-License-Identifier: Apache-2.0
// The way back: everything as it was before, with what has happened since.
#include <algorithm>

#include "features/merge/journal.hpp"
#include "features/merge/merge_values.hpp"
#include "records/rights.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;
using records::RecordImage;

Error conflict(std::string code) {
  return make_error(ErrorKind::conflict, std::move(code));
}

struct Images {
  RecordImage before, after;
  std::vector<RecordImage> merged;
};

Images read_images(store::Session& session, const store::Statements& sql, MergeId id) {
  Images out;
  auto rows = session.query(sql["merge.list_images"], {id});
  while (rows->next()) {
    const auto image =
        records::image_from_json(json::parse(std::string(rows->text(1))).as_object());
    if (rows->text(0) == "kept_before")
      out.before = image;
    else if (rows->text(0) == "kept_after")
      out.after = image;
    else
      out.merged.push_back(image);
  }
  return out;
}

// Names of fields whose values differ.
std::vector<std::string> differences(const json::object& a, const json::object& b) {
  std::vector<std::string> out;
  for (const auto& [name, value] : a)
    if (const auto* other = b.if_contains(name); other && *other != value) out.emplace_back(name);
  return out;
}

// What the group follows from is the owner, not what was stored then.
bool is_derived(const records::RecordType& type, const std::string& name) {
  const auto* field = type.find(name);
  return !field || name == "owner_group" || name == "archived_at" || !field->computed.empty();
}

class Undoing {
 public:
  Undoing(const Merges& merges, const access::Scope& scope, MergeRow row,
          const records::Dictionary& dictionary)
      : merges_(merges),
        parts_(merges.parts()),
        scope_(scope),
        row_(std::move(row)),
        dictionary_(dictionary),
        type_(*dictionary.find(row_.record_type)) {}

  // Everything that refuses it, before anything is touched.
  Status check(store::Session& session) const {
    if (row_.is_undone) return conflict("merge/already_undone");
    const Instant until = merges_.undo_until(row_.created_at);
    if (row_.is_erased || until < parts_.clock.now()) return conflict("merge_too_old");
    const auto& sql = parts_.statements;
    const auto later = session.query_integer(sql["merge.later"], {type_.name, row_.kept, row_.id});
    const auto above = session.query_integer(sql["merge.merge_of"], {type_.name, row_.kept});
    if (above != 0) return under(above, "merge/under_later_merge");
    if (later != 0) return under(later, "merge/later_merge");
    const auto kept = merges_.merging().find(session, type_, row_.kept, false);
    if (!kept) return make_error(ErrorKind::not_found, "merge/not_found");
    if (kept->archived) return conflict("merge/kept_in_bin");
    TRY(merges_.merging().look(session, scope_, type_, row_.kept));
    for (const auto id : row_.merged)
      TRY(merges_.merging().check_merged(session, scope_, type_, id));
    return {};
  }

  Undone meet(store::Session& session) const {
    const auto images = read_images(session, parts_.statements, row_.id);
    const auto now = *merges_.merging().find(session, type_, row_.kept, false);
    Undone out{row_.merged, conflicts(images, now)};
    auto links = link_conflicts(session, scope_, parts_, row_);
    out.conflicts.insert(out.conflicts.end(), links.begin(), links.end());
    if (out.conflicts.size() > limits::conflicts_max) out.conflicts.resize(limits::conflicts_max);
    return out;
  }

  Result<Undone> run(store::Transaction& tx, bool keep_edits) {
    // Nobody else undoes it meanwhile.
    if (tx.execute(parts_.statements["merge.lock"], {row_.id}) == 0)
      return conflict("merge/already_undone");
    auto ids = row_.merged;
    ids.push_back(row_.kept);
    std::sort(ids.begin(), ids.end());
    for (const auto id : ids) merges_.merging().find(tx, type_, id, true);
    const auto out = meet(tx);
    const auto images = read_images(tx, parts_.statements, row_.id);
    const auto now = *merges_.merging().find(tx, type_, row_.kept, true);
    Work work{tx,      scope_,    parts_,      dictionary_,       type_,
              row_.id, row_.kept, row_.merged, parts_.clock.now()};
    RowJournal(work).undo(keep_edits);
    move_links_back(work, keep_edits);
    TRY(restore_kept(tx, images, now, keep_edits));
    for (const auto& image : images.merged) TRY(restore_merged(tx, image));
    finish(tx);
    return out;
  }

 private:
  static Error under(std::int64_t merge, std::string code) {
    Error out = conflict(std::move(code));
    out.params["merge"] = std::to_string(merge);
    return out;
  }

  std::vector<Conflict> conflicts(const Images& images, const RecordImage& now) const {
    const auto& merging = merges_.merging();
    std::vector<Conflict> out;
    for (const auto& name : differences(images.after.fields, now.fields)) {
      const auto* field = type_.find(name);
      if (is_derived(type_, name) || field->hidden) continue;
      Conflict one{type_.name, row_.kept, name, records::is_masked(scope_, *field), "null", "null"};
      if (!one.masked) {
        one.now = merging.render(*field, now);
        one.restored = merging.render(*field, images.before);
      }
      out.push_back(std::move(one));
    }
    if (now.points != images.after.points) {
      const bool masked = records::is_class_masked(scope_, records::contact_class);
      out.push_back({type_.name, row_.kept, "contact_points", masked,
                     masked ? "null" : merging.render_points(now),
                     masked ? "null" : merging.render_points(images.before)});
    }
    return out;
  }

  // A link that was stored then leads to a record that may be part of another one by now. The merge
  // that did it gets the link into its own journal, as if it had met it.
  void follow(store::Transaction& tx, const records::Field& field, json::array& columns) const {
    const auto* target = dictionary_.find(field.target);
    if (way_of(field.kind) != FieldWay::link || !target || !columns.at(0).is_int64()) return;
    const auto& sql = parts_.statements;
    for (;;) {
      const std::int64_t id = columns.at(0).get_int64();
      const auto next = tx.query_integer(sql["records.find_merged"], {target->name, id});
      if (next == 0) return;
      const auto merge = tx.query_integer(sql["merge.merge_of"], {target->name, id});
      if (merge == row_.id.value) return;  // it is coming back
      tx.execute(sql["merge.add_move"], {merge, type_.name + "." + field.name, row_.kept, id});
      columns.at(0) = next;
    }
  }

  // A file that goes back with its record cannot stay here, whoever chose it anew.
  bool is_gone_file(const Images& images, const records::Field& field,
                    const RecordImage& now) const {
    if (field.kind != records::FieldKind::file || is_blank(now, field.name)) return false;
    return std::any_of(images.merged.begin(), images.merged.end(), [&](const RecordImage& image) {
      const auto* file = image.fields.if_contains(field.name);
      return file && *file == now.fields.at(field.name);
    });
  }

  Status restore_kept(store::Transaction& tx, const Images& images, const RecordImage& now,
                      bool keep_edits) {
    RecordImage image = now;
    for (const auto& [name, value] : images.before.fields) {
      const auto* field = type_.find(name);
      const auto* current = now.fields.if_contains(name);
      const auto* after = images.after.fields.if_contains(name);
      if (!field || !current || !after || name == "owner_group") continue;
      const bool edited = *current != *after;
      if (edited && keep_edits && !is_gone_file(images, *field, now)) continue;
      if (!edited && *after == value) continue;
      json::array columns = value.as_array();
      follow(tx, *field, columns);
      image.fields[name] = std::move(columns);
    }
    const bool points_edited = now.points != images.after.points;
    if (!points_edited || !keep_edits) image.points = images.before.points;
    const bool mixed = keep_edits && !conflicts(images, now).empty();
    records::ImageSave how{{0, {}, "undo"}, "changed", {}, {}, mixed};
    how.told.push_back(json::object{{"field", "unmerged_records"}, {"new", ids()}});
    TRY(merges_.merging().save(tx, scope_, type_, image, how));
    return {};
  }

  // Only what the merge took from it: a later merge elsewhere may have moved its links.
  Status restore_merged(store::Transaction& tx, const RecordImage& before) {
    auto image = *merges_.merging().find(tx, type_, before.id, true);
    image.fields["archived_at"] = json::array{nullptr};
    for (const auto& field : type_.fields)
      if (const auto* value = field.unique ? before.fields.if_contains(field.name) : nullptr)
        image.fields[field.name] = *value;
    const records::ImageSave how{{0, {}, "undo"}, "restored", {}, {}, false};
    TRY(merges_.merging().save(tx, scope_, type_, image, how));
    tx.execute(parts_.statements["records.remove_merged"], {type_.name, before.id});
    return {};
  }

  void finish(store::Transaction& tx) const {
    const auto& sql = parts_.statements;
    for (const char* statement : {"merge.remove_images", "merge.remove_moves", "merge.remove_rows"})
      tx.execute(sql[statement], {row_.id});
    tx.execute(sql["merge.mark_undone"], {row_.id, parts_.clock.now(), scope_.actor.user});
  }

  json::array ids() const {
    json::array out;
    for (const auto id : row_.merged) out.push_back(id.value);
    return out;
  }

  const Merges& merges_;
  const records::ApiParts& parts_;
  const access::Scope& scope_;
  MergeRow row_;
  const records::Dictionary& dictionary_;
  const records::RecordType& type_;
};

}  // namespace

Result<Undone> Merges::preview_undo(store::Session& session, const access::Scope& scope,
                                    MergeId id) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const Undoing undoing(*this, scope, TRY(get(session, scope, id)), *dictionary);
  TRY(undoing.check(session));
  return undoing.meet(session);
}

Result<Undone> Merges::undo(store::Transaction& tx, const access::Scope& scope, MergeId id,
                            bool keep_edits, std::int64_t rows_max) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const MergeRow row = TRY(get(tx, scope, id));
  Undoing undoing(*this, scope, row, *dictionary);
  TRY(undoing.check(tx));
  if (rows_max > 0 && row.moved > rows_max) return conflict("merge/too_many_rows");
  return undoing.run(tx, keep_edits);
}

}  // namespace fokus::merge
