// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/duplicates/rules.hpp"

namespace fokus::duplicates {

// One value of a record, taken apart for a kind of comparison.
struct Item {
  std::vector<std::string> words;  // names
  std::string text;                // what is compared: digits, street, …
  std::string extra;               // legal form, local part, house number
  std::string postcode, city;      // addresses
  int value = 0;                   // which value of the record's field it is; for who is shown it
  int field = 0;                   // … and of which of the comparison's fields
};

// Folded parts of a value as the database keeps it; addresses have street, postcode and city.
struct FoldedValue {
  std::string text;  // street, for addresses
  std::string postcode, city;
  bool operator==(const FoldedValue&) const = default;
};

// Empty `text` and `words`: the value says nothing for this kind (gmail.com as a domain).
Item make_item(Kind kind, const FoldedValue& value);
inline bool is_empty(const Item& item) {
  return item.text.empty() && item.words.empty() && item.postcode.empty() && item.city.empty();
}

// Why two values are alike; the sentence for it is in words/reasons.json, "<kind>.<how>".
enum class How {
  differs,
  same,
  order,  // same words in another order
  nickname,
  initial,  // one has only the initial
  typo,     // one or two letters off
  similar,
  part,  // the one is a part of the other
  form,  // the legal form differs or is missing
  acronym,
  mailbox,  // same mailbox at another host
  shared,   // an address that several people use (info@)
  street,   // same street, another number
  place,    // same postcode or city only
  swapped   // day and month
};
std::string_view name_of(How how);

struct Likeness {
  double similarity = 0;  // 0 … 1
  How how = How::differs;
};

// Symmetric. Neither item is empty.
Likeness compare(Kind kind, const Item& a, const Item& b);

}  // namespace fokus::duplicates
