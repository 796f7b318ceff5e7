// SPDX-License-Identifier: Apache-2.0
// The merge itself: one transaction, with its journal.
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

// All of them, the kept one first; locked in the order of their ids, so that two merges do not wait
// for each other in a circle.
Result<std::vector<RecordImage>> take_all(const records::RecordMerging& merging,
                                          store::Transaction& tx, const access::Scope& scope,
                                          const MergeOrder& order) {
  std::vector<RecordId> ids = order.merge;
  ids.push_back(order.keep);
  std::sort(ids.begin(), ids.end());
  std::map<std::int64_t, RecordImage> taken;
  for (const auto id : ids) {
    std::optional<std::int64_t> version;
    if (const auto at = order.versions.find(id.value); at != order.versions.end())
      version = at->second;
    taken[id.value] = TRY(merging.take(tx, scope, *order.type, id, version));
  }
  std::vector<RecordImage> out{std::move(taken.at(order.keep.value))};
  for (const auto id : order.merge) out.push_back(std::move(taken.at(id.value)));
  return out;
}

std::vector<const RecordImage*> pointers_to(const std::vector<RecordImage>& images) {
  std::vector<const RecordImage*> out;
  for (const auto& image : images) out.push_back(&image);
  return out;
}

json::array ids_of(const std::vector<RecordId>& ids) {
  json::array out;
  for (const auto id : ids) out.push_back(id.value);
  return out;
}

// One merge on its way through the transaction.
class Merging {
 public:
  Merging(const records::RecordMerging& merging, Work& work, const MergeOrder& order, BatchId batch)
      : merging_(merging), work_(work), order_(order), journal_(work), batch_(batch) {}

  Result<std::int64_t> run(std::vector<RecordImage> images) {
    auto merged = merge_values(order_, images);
    merged.image.points =
        merging_.join_points(work_.type, pointers_to(images), merged.image.fields);
    if (merged.image.points.size() > limits::contact_points_max)
      return conflict("merge/too_many_contact_points");
    keep_image("kept_before", images.front());
    move_files(work_, journal_, files_of(images, merged.image));
    for (std::size_t i = 1; i < images.size(); ++i)
      TRY(retire(images[i], images.front(), merged.image));
    TRY(save_kept(merged));
    move_rows(work_, journal_);
    move_criteria(work_, journal_);
    const std::int64_t moved = move_links(work_) + journal_.count();
    work_.tx.execute(sql("merge.set_moved"), {work_.id, moved});
    return moved;
  }

 private:
  std::string_view sql(std::string_view name) const { return work_.parts.statements[name]; }

  void keep_image(const char* role, const RecordImage& image) {
    work_.tx.execute(sql("merge.add_image"),
                     {work_.id, role, json::serialize(records::image_to_json(image))});
  }

  // Whose file each file field holds after the merge.
  std::map<std::string, RecordId> files_of(const std::vector<RecordImage>& images,
                                           const RecordImage& merged) const {
    std::map<std::string, RecordId> out;
    for (const auto& field : work_.type.fields) {
      if (field.kind != records::FieldKind::file) continue;
      out[field.name] = order_.keep;
      for (const auto& image : images)
        if (!is_blank(image, field.name) &&
            image.fields.at(field.name) == merged.fields.at(field.name)) {
          out[field.name] = image.id;
          break;
        }
    }
    return out;
  }

  // The record becomes part of the kept one. What only one record may have leaves it first.
  Status retire(const RecordImage& image, const RecordImage& kept, const RecordImage& merged) {
    RecordImage gone = image;
    for (const auto& field : work_.type.fields) {
      if (!field.unique || is_blank(image, field.name)) continue;
      const auto& value = merged.fields.at(field.name);
      if (value != image.fields.at(field.name) || value == kept.fields.at(field.name)) continue;
      for (auto& column : gone.fields.at(field.name).as_array()) column = nullptr;
    }
    gone.fields["archived_at"] = json::array{work_.now.ms};
    records::ImageSave how{provenance(), "archived", {}, {}, false};
    how.told.push_back(json::object{{"field", "merged_into"}, {"new", order_.keep.value}});
    keep_image("merged_before", image);
    const auto saved = TRY(merging_.save(work_.tx, work_.scope, work_.type, gone, how));
    work_.tx.execute(sql("records.add_merged"), {work_.type.name, saved.id, order_.keep, work_.id});
    return {};
  }

  Status save_kept(const MergedValues& merged) {
    records::ImageSave how{provenance(), "changed", merged.origins, {}, true};
    how.told.push_back(json::object{{"field", "merged_records"}, {"new", ids_of(order_.merge)}});
    TRY(merging_.save(work_.tx, work_.scope, work_.type, merged.image, how));
    keep_image("kept_after", *merging_.find(work_.tx, work_.type, order_.keep, true));
    return {};
  }

  records::Provenance provenance() const { return {0, batch_, "merge"}; }

  const records::RecordMerging& merging_;
  Work& work_;
  const MergeOrder& order_;
  RowJournal journal_;
  BatchId batch_;
};

}  // namespace

Merges::Merges(const records::ApiParts& parts, std::function<void()> search_written)
    : parts_(parts), merging_(parts, std::move(search_written)) {}

Status Merges::check(const MergeOrder& order) const {
  // Users and groups decide what others may do, and sign-ins hang on them.
  if (order.type->system) return conflict("merge/not_mergeable");
  if (!order.keep) return invalid("keep", "required");
  if (order.merge.empty()) return invalid("merge", "required");
  if (order.merge.size() + 1 > limits::records_max) return invalid("merge", "too_many");
  for (const auto& [name, whose] : order.choices) {
    const auto* field = order.type->find(name);
    if (!field || field->hidden || !is_chosen(*field))
      return invalid("choices." + name, "unknown_field");
    const bool one_of_them =
        whose == order.keep ||
        std::find(order.merge.begin(), order.merge.end(), whose) != order.merge.end();
    if (!one_of_them) return invalid("choices." + name, "no_such_record");
  }
  return {};
}

Result<Merged> Merges::merge(store::Transaction& tx, const access::Scope& scope,
                             const MergeOrder& order, BatchId batch, std::int64_t rows_max) const {
  TRY(check(order));
  for (const auto& [name, whose] : order.choices)
    if (records::is_masked(scope, *order.type->find(name)))
      return invalid("choices." + name, "masked");
  const auto dictionary = parts_.records.dictionary_ptr();
  auto images = TRY(take_all(merging_, tx, scope, order));
  if (rows_max > 0) {
    const auto places = link_places(*dictionary, *order.type);
    if (count_links(tx, places, order, rows_max) > rows_max) return conflict("merge/too_many_rows");
  }
  const Instant now = parts_.clock.now();
  const MergeId id{
      tx.query_integer(parts_.statements["merge.create"],
                       {order.type->name, order.keep, json::serialize(ids_of(order.merge)), batch,
                        now, scope.actor.user})};
  Work work{tx, scope, parts_, *dictionary, *order.type, id, order.keep, order.merge, now};
  const auto moved = TRY(Merging(merging_, work, order, batch).run(std::move(images)));
  return Merged{id, order.keep, moved, undo_until(now)};
}

}  // namespace fokus::merge
