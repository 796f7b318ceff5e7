// SPDX-License-Identifier: Apache-2.0
#include "features/quality/quality.hpp"

#include "features/quality/follower.hpp"
#include "features/quality/knowledge.hpp"

namespace fokus::quality {

Quality::Quality(const records::ApiParts& parts, store::Database& registers)
    : parts_(parts), registers_(registers), book_(parts_) {}

Quality::~Quality() = default;

void Quality::open() {
  book_.load();
  subscription_ = parts_.database.subscribe(std::string(rules_channel), [this](std::string_view) {
    // SQLite has no other node, and its own change is loaded by whoever made it.
    if (parts_.database.engine() != store::Engine::postgres) return;
    try {
      book_.load();
      forget_knowledge();
    } catch (const store::Failure&) {
      // The next change, or the next start, brings it.
    }
  });
}

void Quality::close() {
  stop();
  subscription_.reset();
}

void Quality::start() {
  follower_ = std::make_unique<Follower>(*this);
}

void Quality::stop() {
  follower_.reset();
}

KnowledgePtr Quality::knowledge() const {
  std::lock_guard lock(mutex_);
  if (!knowledge_)
    knowledge_ = std::make_shared<const Knowledge>(parts_.database.read(
        [&](store::Session& session) { return read_knowledge(session, parts_); }));
  return knowledge_;
}

void Quality::forget_knowledge() const {
  std::lock_guard lock(mutex_);
  knowledge_.reset();
}

Result<JobId> Quality::scan_later(const access::Scope& scope,
                                  const records::RecordType* type) const {
  return parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
    const auto running = tx.query_integer(parts_.statements["quality.running_scan"]);
    if (running != 0) {
      Error error = make_error(ErrorKind::conflict, "quality/running");
      error.params["job"] = std::to_string(running);
      return error;
    }
    boost::json::object input;
    if (type) input["type"] = type->name;
    return parts_.jobs.create(tx, "quality_scan", access::author_of(scope.actor), input,
                              parts_.clock.now());
  });
}

}  // namespace fokus::quality
