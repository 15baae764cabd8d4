package dev.tumbler.testkit.leak;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.LoggerFactory;

/** An appender of Logback's root logger, and of those whose events do not reach it. */
final class LogbackTap implements AutoCloseable {
    private final List<Logger> loggers = new ArrayList<>();
    private final AppenderBase<ILoggingEvent> appender;

    LogbackTap(BiConsumer<String, String> listener) {
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                listener.accept(
                        "Logback, " + event.getLoggerName() + ", " + event.getLevel(),
                        event.getFormattedMessage()
                                + (event.getThrowableProxy() == null
                                        ? ""
                                        : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())));
                event.getMDCPropertyMap()
                        .forEach((key, value) -> listener.accept("MDC, " + key + ", " + event.getLoggerName(), value));
            }
        };
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            appender.setContext(context);
            appender.start();
            context.getLoggerList().stream()
                    .filter(logger -> !logger.isAdditive() || logger.getName().equals(Logger.ROOT_LOGGER_NAME))
                    .forEach(loggers::add);
            loggers.forEach(logger -> logger.addAppender(appender));
        }
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(appender));
        appender.stop();
    }
}
