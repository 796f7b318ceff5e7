// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "base/embedded.hpp"

namespace fokus {

std::span<const EmbeddedFile> embedded_quality();  // rules/*.json

}  // namespace fokus
