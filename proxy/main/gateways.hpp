// Who the shop trades with, as the configuration names them: the marketplaces, the payment provider, the carrier, the rates.
//
// Errors  bad_input for an address that is none
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "proxy/ops/config.hpp"
#include "shared/database/database.hpp"
#include "shared/marketplace/marketplace.hpp"
#include "shared/payment/provider.hpp"
#include "shared/rates/rate_table.hpp"
#include "shared/tracking/carrier.hpp"

namespace sampan {

// `database` keeps its tokens and outlives it.
Result<std::unique_ptr<Marketplace>> open_alibaba1688(const AopConfig& config, const WarehouseConfig& warehouse,
                                                      Database& database, std::function<Instant()> now);

// Its access token is the operator's: nobody renews it yet.
Result<std::unique_ptr<Marketplace>> open_taobao(const IopConfig& config, const WarehouseConfig& warehouse,
                                                 std::function<Instant()> now);

Result<std::unique_ptr<Marketplace>> open_jd(const JosConfig& jos, const VopConfig& vop,
                                             const WarehouseConfig& warehouse, std::function<Instant()> now);

// `home` is the shop's own address, where shoppers come back to.
Result<std::unique_ptr<PaymentProvider>> open_stripe(const StripeConfig& config, const std::string& home,
                                                     std::function<Instant()> now);

Result<std::unique_ptr<Carrier>> open_carrier(const std::string& base_url);

Result<std::function<Result<RateTable>()>> open_ecb(const EcbConfig& config, std::function<Instant()> now);

}  // namespace sampan
