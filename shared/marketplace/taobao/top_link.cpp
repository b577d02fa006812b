#include "shared/marketplace/taobao/top_link.hpp"

#include "shared/marketplace/taobao/errors.hpp"

namespace sampan::taobao {

Result<std::vector<ResolvedLink>> parse_resolved_links(const Json& reply) {
  TRY(const Reply answer, top_answer(reply));
  std::vector<ResolvedLink> links;
  for (const Reply& row : answer["data"]["material_url_list"]["material_url_list"].items()) {
    const Reply info = row["link_info_dto"];
    ResolvedLink link{row["input_material_url"].text(), {}, info["tpwd_origin_url"].text()};
    TRY(link.material_id, info["material_id"].required_id());
    links.push_back(std::move(link));
  }
  if (links.empty()) return fail(ErrorCode::not_found, "Nothing of Taobao stands behind this code.", answer.pointer());
  return links;
}

Result<TaoCode> parse_tao_code(const Json& reply) {
  TRY(const Reply answer, top_answer(reply));
  TaoCode made;
  TRY(made.code, answer["data"]["model"].required_text());
  return made;
}

}  // namespace sampan::taobao
