package dev.realtime.stream.binder.redis.binder;

import dev.realtime.stream.binder.redis.ReactiveFunctions;
import dev.realtime.stream.binder.redis.consumer.BoundFunction;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.stream.function.BindableFunctionProxyFactory;
import org.springframework.context.ApplicationContext;

/** Finds the function behind a binding. */
final class BoundFunctions {

    private BoundFunctions() {}

    /** What the function behind an input is like; an ordinary one if there is no function. */
    static BoundFunction of(ApplicationContext context, String bindingName) {
        for (BindableFunctionProxyFactory bound : BeanFactoryUtils.beansOfTypeIncludingAncestors(
                        context, BindableFunctionProxyFactory.class)
                .values()) {
            if (bound.getInputs().contains(bindingName)) {
                FunctionInvocationWrapper function =
                        context.getBean(FunctionCatalog.class).lookup(bound.getFunctionDefinition());
                if (function != null) {
                    return new BoundFunction(
                            bound.getInputs().size() > 1
                                    || bound.getOutputs().size() > 1
                                    || function.isInputTypePublisher()
                                    || function.isOutputTypePublisher(),
                            ReactiveFunctions.concurrencyOf(function.getTarget()));
                }
            }
        }
        return BoundFunction.ORDINARY;
    }
}
