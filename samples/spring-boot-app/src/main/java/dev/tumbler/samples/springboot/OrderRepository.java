package dev.tumbler.samples.springboot;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders in the database. */
@Repository
class OrderRepository {
    private final JdbcClient jdbc;

    OrderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM orders").query(Long.class).single();
    }

    /** Who is logged in. */
    String account() {
        return jdbc.sql("SELECT session_user").query(String.class).single();
    }
}
