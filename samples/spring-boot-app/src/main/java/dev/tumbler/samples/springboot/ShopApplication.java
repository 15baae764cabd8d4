package dev.tumbler.samples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Knows nothing of secrets: {@code application.properties} does. */
@SpringBootApplication
public class ShopApplication {
    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }
}
