// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "base/embedded.hpp"

namespace fokus {

// tiles/<category>.json and pages/<role>.json of this folder, by these paths.
std::span<const EmbeddedFile> embedded_tiles();

}  // namespace fokus
