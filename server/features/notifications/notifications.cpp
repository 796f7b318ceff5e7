// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/notifications.hpp"

#include "features/notifications/ticker.hpp"

namespace fokus::notifications {

Notifications::Notifications(const records::ApiParts& parts) : parts_(parts) {}

Notifications::~Notifications() = default;

void Notifications::start() {
  ticker_ = std::make_unique<Ticker>(parts_);
}

void Notifications::stop() {
  ticker_.reset();
}

}  // namespace fokus::notifications
