package dev.tumbler.emulator.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Whatever anybody in this JVM logs, in SLF4J and in {@code java.util.logging}, at the finest level, from when it is made
 * until it is closed. Nothing reaches the console meanwhile. One at a time.
 */
public final class AllLogs implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level levelBefore = root.getLevel();
    private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();
    private final List<Logger> silenced = new ArrayList<>();
    private final java.util.logging.Logger julRoot = LogManager.getLogManager().getLogger("");
    private final java.util.logging.Level julLevelBefore = julRoot.getLevel();
    private final Handler[] julHandlersBefore = julRoot.getHandlers();
    private final AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getThreadName() + " " + event.getLoggerName() + " " + event.getMDCPropertyMap() + " "
                    + event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    /** Begins to listen. */
    public AllLogs() {
        root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
        appendersBefore.forEach(root::detachAppender);
        capture.setContext(root.getLoggerContext());
        capture.start();
        root.addAppender(capture);
        root.setLevel(Level.TRACE);

        for (Handler handler : julHandlersBefore) {
            julRoot.removeHandler(handler);
        }
        SLF4JBridgeHandler.install();
        julRoot.setLevel(java.util.logging.Level.ALL);
    }

    /** Leaves out a logger and those below it: one of a server that only the test has. */
    public void silence(String loggerName) {
        Logger logger = root.getLoggerContext().getLogger(loggerName);
        silenced.add(logger);
        logger.setLevel(Level.OFF);
    }

    /** What was logged so far: thread, logger, MDC, message and stack trace. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Forgets what was logged so far. */
    public void clear() {
        lines.clear();
    }

    /** Sets everything back. */
    @Override
    public void close() {
        SLF4JBridgeHandler.uninstall();
        julRoot.setLevel(julLevelBefore);
        for (Handler handler : julHandlersBefore) {
            julRoot.addHandler(handler);
        }
        silenced.forEach(logger -> logger.setLevel(null));
        root.detachAppender(capture);
        root.setLevel(levelBefore);
        appendersBefore.forEach(root::addAppender);
    }
}
