package dev.tumbler.testkit.leak;

import dev.tumbler.testkit.KmsEmulatorExtension;
import dev.tumbler.testkit.internal.run.TestRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** Guards each test: {@link NoLeaks}. */
final class LeakGuardExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LeakGuardExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        LeakGuard guard = LeakGuard.start();
        context.getStore(NAMESPACE).put(LeakGuard.class, guard);
        KmsEmulatorExtension.whenStarted(context, guard::watch);
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        classes.forEach(
                type -> AnnotationSupport.findAnnotation(type, NoLeaks.class).ifPresent(values -> add(values, guard)));
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), NoLeaks.class)
                .ifPresent(values -> add(values, guard));
    }

    private static void add(NoLeaks annotation, LeakGuard guard) {
        for (int i = 0; i < annotation.values().length; i++) {
            guard.value("value " + (i + 1) + " of @NoLeaks", annotation.values()[i]);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // Closed with the store, but what follows in this test is none of its business.
        try (LeakGuard guard = context.getStore(NAMESPACE).get(LeakGuard.class, LeakGuard.class)) {
            if (guard != null) {
                context.getExecutionException().ifPresent(guard::look);
                TestRecord.find(context)
                        .ifPresent(test -> test.leaked(
                                guard.leaks().stream().map(Leak::toString).toList()));
                guard.assertNoLeaks();
            }
        }
    }
}
