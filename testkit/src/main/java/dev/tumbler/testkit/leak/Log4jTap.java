package dev.tumbler.testkit.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** An appender of Log4j's root logger, and of those whose events do not reach it. */
final class Log4jTap implements AutoCloseable {
    private final List<LoggerConfig> loggers = new ArrayList<>();
    private final Listener appender;

    Log4jTap(BiConsumer<String, String> listener) {
        appender = new Listener(listener);
        if (LogManager.getContext(false) instanceof LoggerContext context) {
            appender.start();
            LoggerConfig root = context.getConfiguration().getRootLogger();
            loggers.add(root);
            context.getConfiguration().getLoggers().values().stream()
                    .filter(logger -> logger != root && !logger.isAdditive())
                    .forEach(loggers::add);
            loggers.forEach(logger -> logger.addAppender(appender, null, null));
        }
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeAppender(appender.getName()));
        appender.stop();
    }

    private static final class Listener extends AbstractAppender {
        private final BiConsumer<String, String> listener;

        Listener(BiConsumer<String, String> listener) {
            super("tumbler-leak-guard-" + UUID.randomUUID(), null, null, true, Property.EMPTY_ARRAY);
            this.listener = listener;
        }

        @Override
        public void append(LogEvent event) {
            listener.accept(
                    "Log4j, " + event.getLoggerName() + ", " + event.getLevel(),
                    event.getMessage().getFormattedMessage() + LogTaps.trace(event.getThrown()));
            event.getContextData()
                    .forEach((key, value) ->
                            listener.accept("MDC, " + key + ", " + event.getLoggerName(), String.valueOf(value)));
        }
    }
}
