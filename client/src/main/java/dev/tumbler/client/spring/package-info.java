/**
 * Auto-configuration for Spring Boot 4: a client, a cache, and a data source whose password rotates. Needs
 * {@code org.springframework.boot:spring-boot-autoconfigure} on the class path.
 */
@NullMarked
package dev.tumbler.client.spring;

import org.jspecify.annotations.NullMarked;
