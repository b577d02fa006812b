// Taobao's codes and short links through TOP: what a 淘口令 (￥…￥) stands for, and one made for a link.
//
// Shape   taobao.tbk.sc.general.link.parse (with a session) answers data.material_url_list.material_url_list[]:
//         input_material_url, link_info_dto{material_id, tpwd_origin_url}; taobao.tbk.tpwd.create answers data.model
// Errors  bad_reply with the JSON pointer · not_found: nothing stands behind the code
// Trap    material_id is opaque: no number, and no other call takes it
// Source  upstream.md 2.6 and 7
#pragma once

#include <string>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan::taobao {

struct ResolvedLink {
  std::string written;  // what was asked
  std::string material_id;
  std::string origin_url;  // a tracking link, or empty
};
FIELDS(ResolvedLink, written, material_id, origin_url)

Result<std::vector<ResolvedLink>> parse_resolved_links(const Json& reply);

struct TaoCode {
  std::string code;  // "￥xhQoYC66sMX￥"
};
FIELDS(TaoCode, code)

Result<TaoCode> parse_tao_code(const Json& reply);

}  // namespace sampan::taobao
