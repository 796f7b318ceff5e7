// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include "base/embedded.hpp"
#include "records/records.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

// A fresh database with the dictionary of the model, and short words for what tests do with it.
namespace fokus::records::testing {

class Place : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    database_ = std::make_unique<store::testing::ScratchDatabase>(GetParam());
    statements_ = std::make_unique<store::Statements>(embedded_sql(), GetParam());
    ASSERT_TRUE(store::migrate(**database_, embedded_sql(), [] { return Status(); }).ok());
    write([&](store::Transaction& tx) -> Status {
      TRY(seed_lists(tx, *statements_, embedded_model()));
      auto loaded = TRY(load_dictionary(tx, *statements_, embedded_model()));
      apply_schema(tx, loaded);
      holder_.replace(std::make_shared<const Dictionary>(std::move(loaded)));
      return {};
    });
    records_ = std::make_unique<Records>(Records::Parts{*statements_, clock_, holder_});
    system_.actor = access::system_actor();
  }

  template <class Body>
  void write(Body body) {
    const Status done = (*database_)->write(body);
    ASSERT_TRUE(done.ok()) << done.error().code;
  }
  void run(const std::string& sql) {
    (*database_)->write([&](store::Transaction& tx) { tx.execute(sql); });
  }
  std::int64_t number(const std::string& sql) {
    return (*database_)->read([&](store::Session& session) { return session.query_integer(sql); });
  }
  const RecordType& type(std::string_view name) { return *holder_.current()->find(name); }

  void set(const boost::json::object& settings) {
    write([&](store::Transaction& tx) -> Status {
      TRY(save_settings(tx, *statements_, settings, {clock_.now().ms, 0, "system"}));
      return publish(tx);
    });
  }
  // rate: units of base for one unit, scaled by 10^8.
  void rate(const char* currency, const char* base, const char* day, std::int64_t rate) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["records.save_rate"],
                 {currency, base, day, rate, clock_.now(), nullptr});
      return publish(tx);
    });
  }
  Status publish(store::Transaction& tx) {
    return publish_dictionary(tx, *statements_, embedded_model(), holder_, clock_.now());
  }

  Result<Saved> try_create(std::string_view name, const boost::json::object& values,
                           Provenance provenance = {0, {}, "create"}) {
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->create(tx, system_, type(name), values, provenance);
    });
  }
  std::int64_t create(std::string_view name, const boost::json::object& values) {
    const auto saved = try_create(name, values);
    EXPECT_TRUE(saved.ok()) << saved.error().code;
    return saved ? saved->id.value : 0;
  }
  Result<Saved> update(std::string_view name, std::int64_t id, const boost::json::object& changes,
                       Provenance provenance = {0, {}, "update"}) {
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, system_, type(name), RecordId{id}, changes, std::nullopt,
                              provenance);
    });
  }
  boost::json::object get(std::string_view name, std::int64_t id) {
    std::string text;
    JsonWriter writer(text);
    const auto read = (*database_)->read([&](store::Session& session) {
      return records_->get(session, system_, type(name), RecordId{id}, writer);
    });
    EXPECT_TRUE(read.ok());
    return boost::json::parse(text).as_object();
  }
  std::int64_t count(std::string_view name, const std::string& filter, const std::string& q = {}) {
    ListQuery query;
    query.q = q;
    const auto criteria = filter.empty() ? NodePtr() : parse_filter(filter).value();
    query.criteria = criteria.get();
    const auto counted = (*database_)->read([&](store::Session& session) {
      return records_->count(session, system_, type(name), query, 0);
    });
    EXPECT_TRUE(counted.ok()) << counted.error().code;
    return counted ? counted->value : -1;
  }

  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  FakeClock clock_{*parse_instant("2026-11-25T10:00:00Z")};
  DictionaryHolder holder_;
  std::unique_ptr<Records> records_;
  Scope system_;
};

}  // namespace fokus::records::testing
