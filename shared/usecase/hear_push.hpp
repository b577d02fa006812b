// A marketplace has pushed a message: it is kept, and what it is about is looked at at once instead of at its next turn. The
// push says only that something moved; the marketplace itself is asked what.
//
// Promises  acted on once, however often it comes; its row and its jobs are one transaction. A push that is lost, comes
//           before its order is known here, or is of a type that does not exist yet costs nothing: follow_purchase asks anyway
// Products  their messages (stock, price, off sale) are kept and move nothing: quotes and purchases read the product anew,
//           so nothing stored would become wrong
#pragma once

#include <string>
#include <vector>

#include "shared/usecase/ports.hpp"

namespace sampan {

// Verified by its receiver.
struct Push {
  MarketplaceName marketplace{};
  std::string message_id;
  std::vector<UpstreamOrderId> orders;  // that it is about
  std::string body;
};

Result<void> hear_push(Ports& ports, const Push& push);

}  // namespace sampan
