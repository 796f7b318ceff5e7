// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <optional>

#include "features/imports/named_links.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {

// The record that a row is about, as a read of it gives it; nothing when it cannot be read.
using ReadRecord = std::function<std::optional<boost::json::object>()>;

// What rows say, as inputs of the save recipe. Made for one chunk. Refusals name the mapping key
// and, where a name in the cell is the reason, the name as param.
class RowValues {
 public:
  // `zone`: by whose clocks times without an offset are read.
  RowValues(const records::CriteriaContext& context, const records::FieldContext& fields,
            const CellStyle& style, TimeZone zone)
      : dictionary_(context.dictionary),
        style_(style),
        zone_(std::move(zone)),
        links_(context, fields) {}

  // All of it, for a new record.
  Result<boost::json::object> of_new(store::Session& session, const Cells& cells,
                                     const TargetPlan& plan);
  // What the policies let the row change of a record that is there. `read` is called only for what
  // Existing does not tell: members and contact points.
  Result<boost::json::object> changes(store::Session& session, const Cells& cells,
                                      const TargetPlan& plan, const Existing& existing,
                                      const ReadRecord& read);
  // What a later row of the same chunk finds: the look-up was made before this one was stored.
  Existing state_after(const Cells& cells, const TargetPlan& plan, Existing state) const;

 private:
  struct Row {
    store::Session& session;
    const Cells& cells;
    const TargetPlan& plan;
  };
  Status put(boost::json::object& values, const Row& row, const MappedField& mapped,
             const Existing* existing);
  Status put_money(boost::json::object& values, const Row& row, const MappedField& mapped,
                   std::string_view own_currency) const;
  Status put_link_changes(boost::json::object& values, const Row& row,
                          const boost::json::object& record);
  Result<std::string> currency_of(const Cells& cells, const TargetPlan& plan,
                                  const MappedField& amount, std::string said) const;

  const records::Dictionary& dictionary_;
  CellStyle style_;
  TimeZone zone_;
  NamedLinks links_;
};

}  // namespace fokus::imports
