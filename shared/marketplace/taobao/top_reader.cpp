#include "shared/marketplace/taobao/top_reader.hpp"

#include <utility>

#include "shared/marketplace/taobao/errors.hpp"
#include "shared/marketplace/taobao/top_search.hpp"

namespace sampan {

using taobao::TopCall;

TaobaoReader::TaobaoReader(TaobaoReaderSettings settings, HttpSend send, SignCall sign, std::function<Instant()> now)
    : settings_(std::move(settings)), send_(std::move(send)), sign_(std::move(sign)), now_(std::move(now)) {}

template <class Parse>
auto TaobaoReader::read(const TopCall& call, const Parse& parse) {
  const std::vector<Parameter> parameters = taobao::top_parameters(call, settings_.app_key, now_());
  auto result = send_(taobao::top_request(parameters, sign_(parameters)))
                    .and_then(taobao::read_reply)
                    .and_then(parse)
                    .map_error([&](Error error) { return within(std::move(error), call.method); });
  if (!result && result.error().code == ErrorCode::outcome_unknown) result.error().code = ErrorCode::retry_later;
  return result;
}

Result<SearchPage> TaobaoReader::search(const ProductSearch& search) {
  return read(taobao::material_call(search, settings_.adzone_id), taobao::parse_materials);
}

Result<ProductReading> TaobaoReader::read_product(const ProductId& product_id) {
  const Instant now = now_();
  TRY(std::vector<ProductReading> readings, read(taobao::item_info_call({product_id}), [&](const Json& reply) {
        return taobao::parse_item_infos(reply, now);
      }));
  for (ProductReading& reading : readings)
    if (reading.product.key.product_id == product_id) return std::move(reading);
  return fail(ErrorCode::not_found, "Taobao does not sell this any more.", product_id.value);
}

}  // namespace sampan
