// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/shown_definition.hpp"

#include "records/stored_filter.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

class Shower {
 public:
  Shower(const records::Dictionary& dictionary, const access::Scope& scope, std::string type)
      : dictionary_(dictionary), scope_(scope), type_(std::move(type)) {}

  // The `filter` of a tile, of a measure, of what a ratio is over.
  bool mask(json::object& part) const {
    auto* filter = part.if_contains("filter");
    if (!filter || !filter->is_string()) return false;
    const std::string text(filter->get_string());
    auto shown = records::show_filter(dictionary_, scope_, type_, text);
    if (shown.is_masked) *filter = shown.text;
    return shown.is_masked;
  }

  bool mask_measures(json::object& definition) const {
    auto* measures = definition.if_contains("measures");
    if (!measures || !measures->is_array()) return false;
    bool masked = false;
    for (auto& one : measures->get_array()) {
      if (!one.is_object()) continue;
      masked |= mask(one.get_object());
      auto* over = one.get_object().if_contains("over");
      if (over && over->is_object()) masked |= mask(over->get_object());
    }
    return masked;
  }

 private:
  const records::Dictionary& dictionary_;
  const access::Scope& scope_;
  std::string type_;
};

}  // namespace

ShownDefinition show_definition(const records::Dictionary& dictionary, const access::Scope& scope,
                                const json::object& definition) {
  const auto* type = definition.if_contains("record_type");
  const Shower shower(dictionary, scope,
                      type && type->is_string() ? std::string(type->get_string()) : std::string());
  ShownDefinition out{definition, false};
  out.is_masked = shower.mask(out.json);
  out.is_masked |= shower.mask_measures(out.json);
  return out;
}

}  // namespace fokus::dashboards
