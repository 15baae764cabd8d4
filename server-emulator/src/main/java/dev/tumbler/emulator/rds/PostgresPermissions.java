package dev.tumbler.emulator.rds;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a PostgreSQL role may do, in the words of {@link RdsInstance#permissions}. Sessions have the rights of the role that
 * they start as, and those of the account, which they can go back to; accounts that start as the same role have the
 * same. Of databases other than the administrator's, only how many objects there are is known.
 */
final class PostgresPermissions {
    /**
     * What the account or the role that it acts as can do everywhere. Logging in and replicating are the account's own: a
     * session becomes the role later, and one that replicates never does.
     */
    private static final String ATTRIBUTES = """
            SELECT a.words
            FROM pg_catalog.pg_roles r
            CROSS JOIN LATERAL (VALUES
                (r.rolsuper, 'superuser'),
                (r.rolcreatedb, 'may create databases'),
                (r.rolcreaterole, 'may create roles'),
                (r.rolbypassrls, 'bypasses row security'),
                (r.rolreplication AND r.rolname = ?, 'may replicate'),
                (NOT r.rolcanlogin AND r.rolname = ?, 'may not log in')) AS a(present, words)
            WHERE r.rolname IN (?, ?) AND a.present""";

    /** Other accounts that act as the same role are no difference: whoever has one of them has no more than that role. */
    private static final String ROLES = """
            WITH RECURSIVE held(oid) AS (
                SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname IN (?, ?)
                UNION
                SELECT m.roleid FROM held JOIN pg_catalog.pg_auth_members m ON m.member = held.oid)
            SELECT DISTINCT words.of
            FROM held
            JOIN pg_catalog.pg_auth_members m ON m.member = held.oid
            JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
            CROSS JOIN LATERAL (VALUES
                (m.admin_option, 'may grant role ' || r.rolname),
                (r.rolname <> ? AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_db_role_setting s
                    WHERE s.setrole = r.oid AND s.setdatabase = 0 AND 'role=' || ? = ANY (s.setconfig)),
                 'has role ' || r.rolname)) AS words(present, of)
            WHERE words.present""";

    private static final String RIGHTS = """
            SELECT concat(
                coalesce(a.privilege_type || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
                         CASE d.deptype WHEN 'r' THEN 'subject' ELSE 'rights' END),
                CASE d.deptype WHEN 'r' THEN ' to ' ELSE ' on ' END,
                pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid))
            FROM pg_catalog.pg_shdepend d
            JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid
            LEFT JOIN LATERAL (
                SELECT relacl FROM pg_catalog.pg_class
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND oid = d.objid AND d.objsubid = 0
                UNION ALL SELECT attacl FROM pg_catalog.pg_attribute
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND attrelid = d.objid AND attnum = d.objsubid
                UNION ALL SELECT nspacl FROM pg_catalog.pg_namespace
                WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND oid = d.objid
                UNION ALL SELECT proacl FROM pg_catalog.pg_proc
                WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND oid = d.objid
                UNION ALL SELECT typacl FROM pg_catalog.pg_type
                WHERE d.classid = 'pg_catalog.pg_type'::regclass AND oid = d.objid
                UNION ALL SELECT defaclacl FROM pg_catalog.pg_default_acl
                WHERE d.classid = 'pg_catalog.pg_default_acl'::regclass AND oid = d.objid
                UNION ALL SELECT datacl FROM pg_catalog.pg_database
                WHERE d.classid = 'pg_catalog.pg_database'::regclass AND oid = d.objid) AS o(acl) ON true
            LEFT JOIN LATERAL pg_catalog.aclexplode(o.acl) a ON a.grantee = r.oid
            WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND r.rolname IN (?, ?) AND d.deptype IN ('a', 'r')
              AND d.classid <> 'pg_catalog.pg_auth_members'::regclass
              AND d.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))""";

    /** What the role that it acts as owns is everybody's who acts as it; but which databases, is good to know. */
    private static final String OWNED = """
            SELECT concat('owns ', pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid))
            FROM pg_catalog.pg_shdepend d
            JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid
            WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND d.deptype = 'o'
              AND (r.rolname = ? AND r.rolname <> ?
                   OR r.rolname IN (?, ?) AND d.classid = 'pg_catalog.pg_database'::regclass)
              AND d.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))""";

    private static final String ELSEWHERE = """
            SELECT CASE d.deptype WHEN 'o' THEN 'owns objects' ELSE 'rights on objects' END
                   || ' of database ' || db.datname || ': ' || count(*)
            FROM pg_catalog.pg_shdepend d
            JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid
            JOIN pg_catalog.pg_database db ON db.oid = d.dbid AND db.datname <> pg_catalog.current_database()
            WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND r.rolname IN (?, ?)
              AND (d.deptype = 'a' OR d.deptype = 'o' AND r.rolname = ? AND r.rolname <> ?)
            GROUP BY d.deptype, db.datname""";

    private PostgresPermissions() {}

    /** @param actsAs the role that its sessions start as; the account itself, if no other */
    static Set<String> of(Sql sql, String account, String actsAs) throws SQLException {
        Set<String> permissions = new TreeSet<>();
        permissions.add("acts as " + actsAs);
        permissions.addAll(words(sql, ATTRIBUTES, account, account, account, actsAs));
        permissions.addAll(words(sql, ROLES, account, actsAs, actsAs, actsAs));
        permissions.addAll(words(sql, RIGHTS, account, actsAs));
        permissions.addAll(words(sql, OWNED, account, actsAs, account, actsAs));
        permissions.addAll(words(sql, ELSEWHERE, account, actsAs, account, actsAs));
        return permissions;
    }

    private static List<String> words(Sql sql, String query, String... parameters) throws SQLException {
        return sql.query(query, row -> row.getString(1), parameters);
    }
}
