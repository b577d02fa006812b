// The marketplaces that Sampan buys from. Tmall is a mark of a Taobao product: they share one id space.
//
// Source  design.md "Marketplace and gateway"; upstream.md 7
#pragma once

#include <optional>
#include <string_view>

#include "shared/core/words.hpp"

namespace sampan {

enum class MarketplaceName { taobao, alibaba1688, jd };
WORDS(MarketplaceName, taobao, alibaba1688, jd)

// As it stands in our addresses: /p/1688/676651652931.
constexpr std::string_view slug(MarketplaceName name) {
  return name == MarketplaceName::alibaba1688 ? std::string_view("1688") : word(name);
}

}  // namespace sampan
