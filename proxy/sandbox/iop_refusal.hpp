// What the simulated market refuses, in the codes of Taobao Global's business.
//
// Trap    Taobao knows no lots and no mixed batches, only a least amount: all three are said as that
// Unsure  the codes: only SKU_STOCK_NOT_ENOUGH is recorded; the others are what shared/marketplace/taobao/iop_words.hpp reads
// Source  upstream.md 3.1; the recorded refusal of /purchase/order/create
#pragma once

#include <optional>
#include <string>

#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {

struct IopRefused {
  std::string code;
  std::string message;
  std::string about;  // what it is about, as the market says it: "600000000001 71"
};

// Nothing for an error that is none of the market's refusals.
std::optional<Refusal> refusal_of(const Error& error);

IopRefused iop_refused(const Error& error);

}  // namespace sampan
