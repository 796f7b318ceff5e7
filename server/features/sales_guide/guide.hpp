// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "records/api.hpp"

// The sales guide: what is worth doing in each stage of a sale. Each suggestion becomes an activity
// with one click.
namespace fokus::sales_guide {

namespace limits {
constexpr std::size_t stages_max = 50;
constexpr std::size_t suggestions_max = 20;  // of one stage
constexpr std::size_t key_max = 40;
constexpr std::size_t title_max = 200;  // code points, in each language
constexpr std::size_t text_max = 2'000;
constexpr std::int64_t days_max = 365;
}  // namespace limits

enum class Owner { sale, me };  // who does it: the sale's owner, or whoever clicks

struct Suggestion {
  std::string key;   // for good: what was done is remembered under it
  std::string kind;  // of the activity: an item of activity_kind
  records::Labels title, text;
  std::int64_t days = 0;  // from the day of the click
  Owner owner = Owner::sale;
};
struct Stage {
  std::string stage;  // an item of sale_stage
  std::vector<Suggestion> suggestions;
};
struct Guide {
  std::vector<Stage> stages;
  const Suggestion* find(std::string_view key) const;
};

// {"stages": [{"stage", "suggestions": [{"key", "kind", "title", "text", "days", "owner"}]}]}.
// Errors: "sales_guide/invalid" with the path of what is wrong and required, not_text, not_a_list,
// not_an_object, not_a_number, not_an_identifier, not_a_language, out_of_range, too_long, too_many,
// taken, unknown.
Result<Guide> parse_guide(const boost::json::object& input);
boost::json::object guide_to_json(const Guide& guide);
boost::json::object suggestion_to_json(const Suggestion& suggestion);

// Whether the lists have the stages and kinds. Errors: "sales_guide/invalid" with not_a_choice.
Status check_guide(const records::Dictionary& dictionary, const Guide& guide);

// The guide that comes with the program.
const Guide& shipped_guide();

// The text in a language, or in English, or in any.
std::string label_in(const records::Labels& labels, std::string_view language);

}  // namespace fokus::sales_guide
