# The storefront: sampan.js and sampan.wasm, put beside index.html once for the shop behind a proxy and once for the
# shop that lives in the tab. The two differ only by what index.html says in its sampan-shop.

add_compile_options(-fno-exceptions -fno-rtti)
target_compile_options(sampan_shared PRIVATE -fno-exceptions -fno-rtti)

sampan_sources(web_sources web)
add_executable(sampan ${web_sources})
target_link_libraries(sampan PRIVATE sampan_shared)
# -sFILESYSTEM=0 halves the JavaScript; emmalloc is the small allocator; longjmp is used by nobody here; the page's
# Content-Security-Policy lets no text become script, hence DYNAMIC_EXECUTION=0.
target_link_options(sampan PRIVATE -Oz -sFILESYSTEM=0 -sMALLOC=emmalloc -sSUPPORT_LONGJMP=0 -sALLOW_MEMORY_GROWTH=1
  -sENVIRONMENT=web -sDYNAMIC_EXECUTION=0 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sLLD_REPORT_UNDEFINED)
set_target_properties(sampan PROPERTIES SUFFIX .js)

set(assemble ${PROJECT_SOURCE_DIR}/cmake/assemble_web.sh)
file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/page/*)
foreach(shop proxy tab)
  set(stamp ${PROJECT_BINARY_DIR}/${shop}.stamp)
  add_custom_command(OUTPUT ${stamp}
    COMMAND bash ${assemble} ${shop} ${SAMPAN_WEB_DIR}/${shop} ${PROJECT_SOURCE_DIR}/index.html
            $<TARGET_FILE_DIR:sampan>/sampan.js $<TARGET_FILE_DIR:sampan>/sampan.wasm ${pages}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS sampan ${assemble} ${PROJECT_SOURCE_DIR}/index.html ${pages}
    COMMENT "Assembling ${SAMPAN_WEB_DIR}/${shop}" VERBATIM)
  add_custom_target(web_${shop} ALL DEPENDS ${stamp})
endforeach()
