// SPDX-License-Identifier: Apache-2.0
// Values that follow from other values of the record: what the model says of them, no type by name.
#include "records/derived_fields.hpp"

#include <limits>

#include "base/text.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

// Amounts times quantities pass through more digits than 64 bits hold.
__extension__ using Wide = __int128;
constexpr Wide wide_max = Wide{1} << 110;
constexpr int percent_scale = 100;

// What the item that the choice field holds says of a field; null when it says nothing.
const json::value* said_of(const Dictionary& dictionary, const Draft& draft,
                           const std::string& choice, const Field& field) {
  const auto* item = dictionary.find_item(draft.type.find(choice)->list, draft.text(choice));
  return item ? item->extra.if_contains(field.name) : nullptr;
}

// A choice became another, and the item before or after has something to say of the field.
bool is_moved(const Dictionary& dictionary, const Draft& draft, const Draft* stored,
              const Field& field) {
  return std::any_of(field.follows.begin(), field.follows.end(), [&](const std::string& choice) {
    if (stored && (*stored)[choice] == draft[choice]) return false;
    return said_of(dictionary, draft, choice, field) ||
           (stored && said_of(dictionary, *stored, choice, field));
  });
}

// An item may say what is no value of the field: then it says nothing.
void follow_choices(const FieldContext& context, Draft& draft, const Draft* stored,
                    const json::object& input) {
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    if (field.follows.empty() || input.contains(field.name) ||
        !is_moved(context.dictionary, draft, stored, field))
      continue;
    for (const auto& choice : field.follows) {
      const auto* said = said_of(context.dictionary, draft, choice, field);
      if (!said) continue;
      if (auto columns = parse_field_input(context, field, *said)) {
        draft.columns[i] = std::move(*columns);
        break;
      }
    }
  }
}

int scale_of(const Field& field) {
  return field.kind == FieldKind::decimal ? field.scale : 0;
}

Wide power_of_ten(int digits) {
  Wide out = 1;
  while (digits-- > 0) out *= 10;
  return out;
}

// Half of the smallest unit away from zero, as bills are rounded.
Wide divide_rounded(Wide value, Wide by) {
  const Wide half = by / 2;
  return (value < 0 ? value - half : value + half) / by;
}

struct Multiplied {
  Wide value = 1;
  int digits = 0;  // behind the point, beside those of the currency
  std::string currency;
};

// Nothing when a factor is missing; values beyond all bounds stay beyond them.
std::optional<Multiplied> multiply(const Draft& draft, const Product& product) {
  Multiplied out;
  for (const auto& name : product.factors) {
    const auto& columns = draft[name];
    if (store::is_null(columns[0])) return std::nullopt;
    const Field& factor = *draft.type.find(name);
    const Wide next = std::get<std::int64_t>(columns[0]);
    if (next != 0 && (out.value > wide_max / (next < 0 ? -next : next) ||
                      out.value < -wide_max / (next < 0 ? -next : next)))
      out.value = wide_max;
    else
      out.value *= next;
    out.digits += scale_of(factor);
    if (factor.kind == FieldKind::money) out.currency = std::get<std::string>(columns[1]);
  }
  return out;
}

// Of the full price: 100 - discount, with the digits of the discount.
std::pair<Wide, int> part_left(const Draft& draft, const std::string& less_percent) {
  if (less_percent.empty() || store::is_null(draft[less_percent][0])) return {1, 0};
  const int scale = scale_of(*draft.type.find(less_percent));
  const Wide whole = percent_scale * power_of_ten(scale);
  return {whole - std::get<std::int64_t>(draft[less_percent][0]), scale + 2};
}

Result<ColumnValues> product_of(const Draft& draft, const Field& field, const Multiplied& m) {
  const auto [left, digits] = part_left(draft, field.product.less_percent);
  const Error too_large = field_error("records/invalid", field.name, "out_of_range");
  const Wide size = left < 0 ? -left : left;
  if (size != 0 && (m.value > wide_max / size || m.value < -wide_max / size)) return too_large;
  const Wide amount = divide_rounded(m.value * left, power_of_ten(m.digits + digits));
  if (amount > std::numeric_limits<std::int64_t>::max() ||
      amount < std::numeric_limits<std::int64_t>::min())
    return too_large;
  return ColumnValues{static_cast<std::int64_t>(amount), m.currency, store::Value()};
}

bool is_any_changed(const Draft& draft, const Draft& stored, const Product& product) {
  return std::any_of(product.factors.begin(), product.factors.end(),
                     [&](const std::string& name) { return stored[name] != draft[name]; });
}

// What was written down before its factors were stays until one of them is touched.
Status multiply_fields(Draft& draft, const Draft* stored) {
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    if (field.product.factors.empty()) continue;
    const auto multiplied = multiply(draft, field.product);
    if (multiplied)
      draft.columns[i] = TRY(product_of(draft, field, *multiplied));
    else if (!stored || is_any_changed(draft, *stored, field.product))
      draft.columns[i] = ColumnValues(draft.columns[i].size());
  }
  return {};
}

}  // namespace

Status derive_fields(const FieldContext& context, Draft& draft, const Draft* stored,
                     const json::object& input) {
  compute_fields(draft);
  follow_choices(context, draft, stored, input);
  return multiply_fields(draft, stored);
}

}  // namespace fokus::records
