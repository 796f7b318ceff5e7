// SPDX-License-Identifier: Apache-2.0
// Which values the merged record has. Pure: images in, image out.
#pragma once
#include "features/merge/merge.hpp"

namespace fokus::merge {

// Fields that a merge chooses between: not those that the program keeps by itself.
bool is_chosen(const records::Field& field);

// A refusal wins over whatever else was chosen: GDPR Art. 18 restrictions and the consent flags of
// today. Privacy work adds its fields here; ledgers of its own go through references.cpp.
bool is_strict(std::string_view type, std::string_view field);

// Nothing is stored in the field.
bool is_blank(const records::RecordImage& image, std::string_view field);

// Whose value is offered: the kept record's unless it is empty, then the first that is not.
// `images` begins with the kept one.
RecordId suggest(const std::vector<records::RecordImage>& images, std::string_view type,
                 std::string_view field);

struct MergedValues {
  records::RecordImage image;   // of the kept record after the merge, contact points not yet joined
  boost::json::object origins;  // field → id, where the value is another record's
};
MergedValues merge_values(const MergeOrder& order, const std::vector<records::RecordImage>& images);

}  // namespace fokus::merge
