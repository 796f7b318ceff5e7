// SPDX-License-Identifier: Apache-2.0
#include "access/body_shape.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace fokus::access {

namespace json = boost::json;

namespace {
constexpr std::string_view further = "...";
}  // namespace

struct BodyShape::Member {
  std::string name;
  BodyShape shape;
};

// What it cannot read the OpenAPI document refuses to write, which a test reads whole.
class BodyShape::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  BodyShape shape() {
    skip_blanks();
    BodyShape out;
    if (take('{'))
      read_members(out);
    else if (take('['))
      read_items(out);
    else
      while (at_ < text_.size() && std::string_view(",}]?").find(text_[at_]) == text_.npos) ++at_;
    skip_blanks();
    take('?');
    return out;
  }

 private:
  void read_members(BodyShape& out) {
    std::vector<Member> members;
    bool goes_on = false;
    for (skip_blanks(); at_ < text_.size() && !take('}'); skip_blanks()) {
      if (text_.substr(at_).starts_with(further)) {
        goes_on = true;
        at_ += further.size();
        continue;
      }
      const auto colon = std::min(text_.find(':', at_), text_.size());
      std::string name(text_.substr(at_, colon - at_));
      if (name.ends_with('!')) name.pop_back();
      at_ = std::min(colon + 1, text_.size());
      members.push_back({std::move(name), shape()});
      skip_blanks();
      take(',');
    }
    if (goes_on) return;
    out.is_object_ = true;
    out.members_ = std::make_shared<const std::vector<Member>>(std::move(members));
  }

  void read_items(BodyShape& out) {
    BodyShape items = shape();
    skip_blanks();
    take(']');
    if (!items.is_open()) out.items_ = std::make_shared<const BodyShape>(std::move(items));
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

BodyShape BodyShape::parse(std::string_view notation) {
  return Reader(notation).shape();
}

std::optional<std::string> BodyShape::unknown_member(const json::value& body) const {
  if (items_ && body.is_array()) {
    const auto& items = body.get_array();
    for (std::size_t i = 0; i < items.size(); ++i)
      if (const auto unknown = items_->unknown_member(items[i]))
        return std::to_string(i) + "." + *unknown;
    return std::nullopt;
  }
  if (!is_object_ || !body.is_object()) return std::nullopt;
  for (const auto& [name, value] : body.get_object()) {
    const auto known = std::find_if(members_->begin(), members_->end(), [&](const Member& member) {
      return std::string_view(name) == member.name;
    });
    if (known == members_->end()) return std::string(name);
    if (const auto unknown = known->shape.unknown_member(value))
      return std::string(name) + "." + *unknown;
  }
  return std::nullopt;
}

}  // namespace fokus::access
