# SPDX-License-Identifier: Apache-2.0
# cmake --build --preset release --target package  →  build/release/fokus_VERSION_amd64.deb
include(GNUInstallDirs)
set(packaging ${PROJECT_SOURCE_DIR}/packaging)
install(TARGETS fokus RUNTIME DESTINATION bin)
# Debian's systemd reads /lib/systemd/system; /etc is outside the prefix.
install(FILES ${packaging}/systemd/fokus.service DESTINATION /lib/systemd/system)
install(FILES ${packaging}/fokus.toml DESTINATION /etc/fokus)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/fokus RENAME copyright)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION share/doc/fokus
        FILES_MATCHING PATTERN "*.md")
install(DIRECTORY ${packaging}/proxy/ DESTINATION share/doc/fokus/examples)
install(FILES ${packaging}/systemd/port-443.conf DESTINATION share/doc/fokus/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fokus)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Fokus authors <fokus@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Self-hosted, privacy-first CRM in one program")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser")
# pg_dump and pg_restore: backups, and the snapshot before an upgrade, of data in PostgreSQL.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postgresql-client (>= 15)")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql (>= 15), nginx | caddy")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${packaging}/debian/postinst ${packaging}/debian/prerm ${packaging}/debian/postrm
    ${packaging}/debian/conffiles)
include(CPack)
