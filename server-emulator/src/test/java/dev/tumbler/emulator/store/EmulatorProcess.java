package dev.tumbler.emulator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@link RotatingProgram} in a JVM of its own, seen to its end. */
record EmulatorProcess(int exit, String output) {
    static EmulatorProcess start(Path directory, String jdbcUrl, String strategy, String killedAt) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RotatingProgram.class.getName(),
                        directory.toString(),
                        jdbcUrl,
                        strategy,
                        killedAt)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new EmulatorProcess(process.exitValue(), output);
    }
}
