// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.hpp"
#include "features/registers/provider.hpp"

namespace fokus {
std::span<const EmbeddedFile> embedded_providers();
}

namespace fokus::registers {

const std::vector<Provider>& shipped_providers() {
  static const auto all = [] {
    std::vector<Provider> out;
    for (const auto& file : embedded_providers()) {
      auto provider = parse_provider(file.content);
      CHECK(provider.ok());
      out.push_back(std::move(*provider));
    }
    std::sort(out.begin(), out.end(),
              [](const Provider& a, const Provider& b) { return a.name < b.name; });
    return out;
  }();
  return all;
}

const Provider* find_provider(std::string_view name) {
  for (const auto& provider : shipped_providers())
    if (provider.name == name) return &provider;
  return nullptr;
}

}  // namespace fokus::registers
