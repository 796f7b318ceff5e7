// SPDX-License-Identifier: Apache-2.0
// Amounts in the base currency: which day's rate counts, and what an amount is worth then.
#pragma once
#include "records/api.hpp"
#include "records/draft.hpp"

namespace fokus::records {

// Minor units of the base currency. Error code: "currency_without_rate" with currency, base and
// date, or "out_of_range".
Result<std::int64_t> to_base_amount(const Dictionary& dictionary, std::int64_t minor,
                                    std::string_view currency, std::string_view day);

// What a walk over all stored amounts finds.
struct BaseAmountsPreview {
  std::int64_t amounts = 0;  // that are stored
  std::int64_t changed = 0;  // whose worth in the base currency would be another one
  // Currency → how many amounts of it have no rate on their day, and the earliest such day.
  struct Missing {
    std::int64_t count = 0;
    std::string earliest;
  };
  std::map<std::string, Missing> missing;
};
Result<BaseAmountsPreview> preview_base_amounts(store::Session& session,
                                                const Dictionary& dictionary);

}  // namespace fokus::records
