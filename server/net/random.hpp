// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string>

namespace fokus::net {

// Unguessable bytes from the kernel as lower-case hex; `bytes` is at most 256.
std::string random_hex(std::size_t bytes);

}  // namespace fokus::net
