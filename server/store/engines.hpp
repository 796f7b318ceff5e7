// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "store/database.hpp"

namespace fokus::store {

namespace sqlite {
std::unique_ptr<Database> open(const Options& options);
}
namespace postgres {
std::unique_ptr<Database> open(const Options& options);
}

}  // namespace fokus::store
